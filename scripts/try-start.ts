import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/try-start.ts

Runs npm start on free ports, sends a request with npm run hook, and stops it. Exit code 0: the hook accepted it.
A pipeline runs this on Windows and macOS.`);

// On Windows npm is a batch file, which only a shell can start.
const shell = true;
const onWindows = process.platform === "win32";
const env = { ...process.env, OKTA_HOOK_SECRET: randomBytes(16).toString("hex") };

const app = spawn("npm start -- --port 0 --sandbox-port 0 --okta-port 0", {
  shell,
  detached: !onWindows,
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(app, "close");

/** The printed URL of the hook. Undefined if the app ends first. */
const printedUrl = new Promise<string | undefined>((resolve) => {
  let output = "";
  app.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    process.stdout.write(chunk);
    output += chunk;
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/api\/okta\/telephony(?=[\s'"])/.exec(output) ?? [];
    if (url !== undefined) resolve(url);
  });
  void ended.then(() => {
    resolve(undefined);
  });
});

function stop(): void {
  if (app.pid === undefined) return;
  // Both commands also end the processes that npm started.
  if (onWindows) spawnSync("taskkill", ["/pid", String(app.pid), "/t", "/f"], { stdio: "ignore" });
  else process.kill(-app.pid, "SIGINT");
}

const url = await printedUrl;
if (url === undefined) {
  console.error("npm start ended before it printed the URL of the hook. See its output above.");
  process.exit(1);
}
const { status } = spawnSync(`npm run hook -- --url ${url}`, { shell, env, stdio: "inherit" });
stop();
await ended;
console.log(status === 0 ? "The request was accepted." : "The request was not accepted.");
process.exitCode = status === 0 ? 0 : 1;
