import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { assertPort, parseOptions } from "../../parse-options.ts";
import { answerHelp } from "../../usage.ts";
import { printError } from "../../terminal.ts";

const command = "node tools/local/host.ts";
const help = `Runs the app in place of the Functions host and its Node worker. npm start runs it beside a
sandbox for 8x8.

  node tools/local/host.ts [--app DIRECTORY] [--port PORT] [--leave-sigterm] [--observe]

  --app DIRECTORY  the folder of the app's package.json, host.json and bundle (.)
  --port PORT      the port on 127.0.0.1 (7071). 0 uses any free port
  --leave-sigterm  does not handle SIGTERM, so that the app gets it, as in a container
  --observe        reports requests, answers and the app's events to the parent process
  --help           prints this text

The environment holds the app's settings (docs/configure.md).`;

export interface Usage {
  readonly directory: string;
  readonly port: string;
  readonly leaveSigterm: boolean;
  readonly observe: boolean;
}

/** Ends the process after --help, or with code 64 if an option is wrong. */
export function readUsage(): Usage {
  answerHelp(help);
  try {
    const values = parseOptions(command, process.argv.slice(2), {
      app: { type: "string", default: "." },
      port: { type: "string", default: "7071" },
      "leave-sigterm": { type: "boolean", default: false },
      observe: { type: "boolean", default: false },
    });
    const directory = resolve(values.app);
    for (const file of ["package.json", "host.json"])
      if (!existsSync(join(directory, file)))
        throw new Error(`There is no ${file} in ${directory}. Set --app to the app's folder.`);
    assertPort("--port", values.port);
    const { port, observe, "leave-sigterm": leaveSigterm } = values;
    return { directory, port, leaveSigterm, observe };
  } catch (error) {
    printError(
      `${error instanceof Error ? error.message : String(error)}\nTo see all options, run: ${command} --help`,
    );
    process.exit(64);
  }
}
