import { spawn } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import { text } from "node:stream/consumers";
import packageJson from "../package.json" with { type: "json" };
import { answerUsage } from "../tools/usage.ts";

answerUsage(
  "npm test\n\nRuns the jest suites that start no other programs. At the same time, checks format, lint and types.\nIf one of these fails, the others continue. npm run test:programs runs the other suites.",
);

const failed: string[] = [];

async function run(script: keyof typeof packageJson.scripts, more = ""): Promise<void> {
  const child = spawn(`${packageJson.scripts[script]} ${more}`, {
    shell: true,
    stdio: script === "test:jest" ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const printed = [child.stdout, child.stderr].flatMap((stream) => (stream ? [text(stream)] : []));
  const [exitCode] = (await once(child, "close")) as [number | null];
  if (exitCode === 0) return;
  failed.push(script);
  console.error(`npm run ${script} failed.\n${(await Promise.all(printed)).join("")}`);
}

const jest = run("test:jest", "--testPathIgnorePatterns .programs.test.ts .long.test.ts");
// The checks get a lower priority than jest, and use the time in which jest's suites wait.
setPriority(10);
await run("typecheck");
await run("format:check");
await run("lint");
await jest;
console.log(
  failed.length > 0 ? `Failed: ${failed.join(", ")}.` : "Jest, types, format and lint passed.",
);
console.log(
  "npm run test:programs tests the rest: scripts, npm start, the browser, Bicep and the app as a process.",
);
process.exitCode = failed.length > 0 ? 1 : 0;
