import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

export interface CurlRun {
  readonly status: number;
  readonly output: string;
  /** All that the command lines of curl and az said. */
  readonly arguments: string;
  /** What the last --file of az held. */
  readonly seeded: string;
  readonly leftovers: readonly string[];
}

/** Runs one of scripts/ with the real curl, whose arguments are written down, and with a stand-in for az. */
export async function runWithCurl(
  script: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>>,
): Promise<CurlRun> {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const temporary = mkdtempSync(join(folder, "tmp-"));
  try {
    copyFileSync(join(__dirname, "stand-in.bash"), join(folder, "az"));
    writeFileSync(
      join(folder, "curl"),
      `#!/usr/bin/env bash\nprintf '%s ' "$@" >>"$STAND_IN/calls"\nPATH=\${PATH#*:} exec curl "$@"\n`,
    );
    for (const program of ["az", "curl"]) chmodSync(join(folder, program), 0o755);
    writeFileSync(join(folder, "answers"), "");
    const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
    const all = { PATH: `${folder}:${process.env["PATH"] ?? ""}`, TMPDIR: temporary, STAND_IN: folder, ...env };
    return await new Promise((resolve) => {
      const child = execFile(
        "bash",
        [join(root, "scripts", script), ...args],
        { env: all },
        (error, stdout, stderr) => {
          const status = error === null ? 0 : Number(error.code);
          const leftovers = readdirSync(temporary);
          resolve({ status, output: stdout + stderr, arguments: read("calls"), seeded: read("file"), leftovers });
        },
      );
      child.stdin?.on("error", () => undefined).end(input);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
