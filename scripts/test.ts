import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { text } from "node:stream/consumers";
import packageJson from "../package.json" with { type: "json" };
import { answerUsage } from "../tools/usage.ts";

answerUsage(
  "npm test\n\nRuns jest without the suites that start other programs and, at the same time, the checks of format,\nlint and types. Each runs to its end, even if another fails. npm run test:programs runs the other\nsuites.",
);

const running = new Set<number>();

// Windows has no process groups. A detached process would get a console of its own, where Ctrl-C
// does not reach it: https://nodejs.org/api/child_process.html#optionsdetached
const grouped = process.platform !== "win32";

/** Starts a package.json script in its own process group, to stop it with all its children. */
function start(
  script: keyof typeof packageJson.scripts,
  output: "inherit" | "pipe",
  ...args: readonly string[]
) {
  const child = spawn([packageJson.scripts[script], ...args].join(" "), {
    shell: true,
    detached: grouped,
    stdio: ["ignore", output, output],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} cannot be started.`);
  running.add(pid);
  const passed = new Promise<boolean>((resolve) => {
    child.on("close", (code) => {
      running.delete(pid);
      resolve(code === 0);
    });
  });
  const printed = [child.stdout, child.stderr]
    .filter((stream) => stream !== null)
    .map((stream) => text(stream));
  return { passed, printed: Promise.all(printed) };
}

for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.on(signal, () => {
    if (grouped) for (const pid of running) process.kill(-pid, "SIGTERM");
    process.exit(exitCode);
  });

/** Prints the check's output if it fails. */
async function passes(script: "format:check" | "lint" | "typecheck"): Promise<boolean> {
  const { passed, printed } = start(script, "pipe");
  if (await passed) return true;
  console.error(`npm run ${script} failed:\n${(await printed).join("")}`);
  return false;
}

const jest = start(
  "test:jest",
  "inherit",
  "--testPathIgnorePatterns",
  ".programs.test.ts",
  ".long.test.ts",
);
// From here on, processes have a lower priority than jest. Its suites wait for timers and other
// processes, and the checks use the remaining time.
setPriority(10);
const failed: string[] = [];
for (const script of ["typecheck", "format:check", "lint"] as const)
  if (!(await passes(script))) failed.push(script);
if (!(await jest.passed)) failed.push("test:jest");
console.log(
  failed.length > 0 ? `Failed: ${failed.join(", ")}.` : "Jest, types, format and lint passed.",
);
console.log(
  "npm run test:programs tests the rest: scripts, npm start, the browser, Bicep and the app as a process.",
);
process.exitCode = failed.length > 0 ? 1 : 0;
