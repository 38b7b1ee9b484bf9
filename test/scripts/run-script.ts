import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const root = join(__dirname, "../..");

/** What a stand-in answers to a call. `call` is a shell pattern for the whole command line. */
export interface Answer {
  readonly call: string;
  readonly says?: string;
  /** How many times the call first fails with `error`. */
  readonly fails?: number;
  readonly error?: string;
}

export interface ScriptRun {
  readonly status: number | null;
  readonly output: string;
  readonly calls: readonly (readonly string[])[];
  readonly environment: string;
  /** Content and mode of the last file in an option --file, and the script's umask. */
  readonly file:
    { readonly content: string; readonly mode: string; readonly umask: string } | undefined;
  readonly leftovers: readonly string[];
}

/**
 * Records the command hook, which would call the app, and two commands that would start the Bicep
 * compiler. Runs everything else.
 */
const nodeStandIn = `#!/usr/bin/env bash
for name in hook preflight print-grants; do
  [[ "$*" != *"tools/command.js $name "* ]] || exec "$name" "\${@:3}"
done
exec "$NODE" "$@"
`;

function standInsFor(programs: readonly string[], answers: readonly Answer[]) {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  for (const program of programs) {
    copyFileSync(join(__dirname, "stand-in.bash"), join(folder, program));
    chmodSync(join(folder, program), 0o755);
  }
  writeFileSync(join(folder, "node"), nodeStandIn, { mode: 0o755 });
  const lines = answers.map(({ call, fails = 0, error = "", says = "" }) =>
    [call, Math.min(fails, 1_000), error, `${says}\n`].join("\x1f"),
  );
  writeFileSync(join(folder, "answers"), lines.join(""));
  return {
    folder,
    env: {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      TMPDIR: temporary,
      STAND_IN: folder,
      NODE: process.execPath,
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    },
    read: (name: string) =>
      existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "",
    leftovers: () => readdirSync(temporary),
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

function resultOf(
  standIns: ReturnType<typeof standInsFor>,
  status: number | null,
  output: string,
): ScriptRun {
  const { read } = standIns;
  const calls = read("calls")
    .split("\x1e")
    .filter(Boolean)
    .map((call) => call.split("\x1f").slice(0, -1));
  const [mode = "", umask = ""] = read("file-facts").split("\n");
  const file = read("file-facts") === "" ? undefined : { content: read("file"), mode, umask };
  const run = {
    status,
    output,
    calls,
    environment: read("environment"),
    file,
    leftovers: standIns.leftovers(),
  };
  standIns.remove();
  return run;
}

export function runScript(
  script: string,
  args: readonly string[],
  options: {
    env?: Record<string, string>;
    input?: string;
    answers?: readonly Answer[];
    bashOptions?: readonly string[];
    cwd?: string;
  } = {},
): ScriptRun {
  const { env = {}, input = "", answers = [], bashOptions = [], cwd = root } = options;
  const standIns = standInsFor(
    ["az", "gh", "npm", "npx", "curl", "sleep", "hook", "preflight", "print-grants"],
    answers,
  );
  const command = [...bashOptions, join(root, "scripts", script), ...args];
  const all = { ...standIns.env, BICEP: "true", ...env };
  const { status, stdout, stderr } = spawnSync("bash", command, {
    cwd,
    input,
    encoding: "utf8",
    env: all,
  });
  return resultOf(standIns, status, stdout + stderr);
}

export async function runWithCurl(
  script: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>>,
): Promise<ScriptRun> {
  const standIns = standInsFor(["az"], []);
  const curl = `printf '%s\\x1f' curl "$@" >>"$STAND_IN/calls"\nprintf '\\x1e' >>"$STAND_IN/calls"\nPATH=\${PATH#*:} exec curl "$@"`;
  writeFileSync(join(standIns.folder, "curl"), `#!/usr/bin/env bash\n${curl}\n`, { mode: 0o755 });
  const command = [join(root, "scripts", script), ...args];
  const child = spawn("bash", command, { env: { ...standIns.env, ...env } });
  child.stdin.on("error", () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return resultOf(standIns, child.exitCode, stdout + stderr);
}

export function option(call: readonly string[] | undefined, name: string): string | undefined {
  const index = call?.indexOf(name) ?? -1;
  return index < 0 ? undefined : call?.[index + 1];
}
