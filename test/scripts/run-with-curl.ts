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
  readonly leftovers: readonly string[];
}

/** Runs one of scripts/ with a vault that holds these secrets, and with the real curl, whose arguments are written down. */
export async function runWithCurl(
  script: string,
  args: readonly string[],
  secrets: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<CurlRun> {
  const folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  const temporary = mkdtempSync(join(folder, "tmp-"));
  try {
    const path = process.env["PATH"] ?? "";
    copyFileSync(join(__dirname, "stand-in.bash"), join(folder, "az"));
    writeFileSync(
      join(folder, "curl"),
      `#!/usr/bin/env bash\nprintf '%s ' "$@" >>"$STAND_IN/calls"\nPATH=\${PATH#*:} exec curl "$@"\n`,
    );
    for (const program of ["az", "curl"]) chmodSync(join(folder, program), 0o755);
    const answers = Object.entries(secrets).map(
      ([name, value]) => `az keyvault secret show * ${name} *\x1f0\x1f\x1f${value}\\n\n`,
    );
    writeFileSync(join(folder, "answers"), answers.join(""));
    const calls = () => (existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8") : "");
    const bash = [join(root, "scripts", script), ...args];
    return await new Promise((resolve) => {
      const all = { PATH: `${folder}:${path}`, TMPDIR: temporary, STAND_IN: folder, ...env };
      execFile("bash", bash, { env: all }, (error, stdout, stderr) => {
        const status = error === null ? 0 : Number(error.code);
        resolve({ status, output: stdout + stderr, arguments: calls(), leftovers: readdirSync(temporary) });
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
