import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/try-start.ts

Runs npm start on free ports, sends it one hook with npm run hook, and stops it. Ends with 0 if the hook is accepted.
A pipeline runs it on Windows and macOS.`);

// npm is a batch file on Windows, which only a shell starts.
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

/** The URL of the hook, as soon as it is printed. Undefined if the app ends before. */
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
  // With all that npm has started.
  if (onWindows) spawnSync("taskkill", ["/pid", String(app.pid), "/t", "/f"], { stdio: "ignore" });
  else process.kill(-app.pid, "SIGINT");
}

const url = await printedUrl;
if (url === undefined) {
  console.error("npm start ended before it served.");
  process.exit(1);
}
const { status } = spawnSync(`npm run hook -- --url ${url}`, { shell, env, stdio: "inherit" });
stop();
await ended;
console.log(status === 0 ? "The hook was accepted." : "The hook was not accepted.");
process.exitCode = status === 0 ? 0 : 1;
