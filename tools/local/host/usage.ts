import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { assertPort, parseOptions } from "../../parse-options.ts";
import { answerHelp } from "../../usage.ts";
import { printError } from "../../terminal.ts";

const command = "node tools/local/host.ts";
const help = `Stands in for the Functions host and its Node worker. npm start runs it, with a sandbox for
8x8 beside it.

  node tools/local/host.ts [--app DIRECTORY] [--port PORT] [--leave-sigterm] [--observe]

  --app DIRECTORY  with the app's package.json, host.json and bundle (.)
  --port PORT      where it listens, on 127.0.0.1 (7071); 0 takes any free port
  --leave-sigterm  leaves the signal to the app, as a container's stop does, which reaches the
                   worker itself
  --observe        reports each request, its answer and the app's events to the process that started
                   this
  --help           this text

Environment: the app's settings, as docs/configure.md has them.`;

export interface Usage {
  readonly directory: string;
  readonly port: string;
  readonly leaveSigterm: boolean;
  readonly observe: boolean;
}

/** Ends the process where help is asked for or needed. */
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
        throw new Error(`There is no ${file} in ${directory}. Name the app's folder with --app.`);
    assertPort("--port", values.port);
    const { port, observe, "leave-sigterm": leaveSigterm } = values;
    return { directory, port, leaveSigterm, observe };
  } catch (error) {
    printError(
      `${error instanceof Error ? error.message : String(error)}\nnode tools/local/host.ts --help says more.`,
    );
    process.exit(64);
  }
}
