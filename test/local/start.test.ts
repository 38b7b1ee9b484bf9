import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const shell = async (command: string): Promise<string> =>
  (await promisify(execFile)("/bin/sh", ["-c", command])).stdout;

// A line of its own with a blank one after it: what is pasted is neither cut nor run into the next.
const hookCurl = /^(curl .*\/api\/okta\/telephony .*)\n\n/m;

let child: ChildProcessByStdio<null, Readable, Readable>;
let output = "";
let ended: Promise<unknown[]>;

function start(args: string[], env: Record<string, string> = {}): void {
  output = "";
  child = spawn(process.execPath, ["local/start.ts", ...args], {
    env: { PATH: process.env["PATH"], OKTA_HOOK_SECRET: "it's local", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  ended = once(child, "close");
}
async function printed(pattern: RegExp): Promise<RegExpExecArray> {
  for (let tries = 0; tries < 200; tries++) {
    const found = pattern.exec(output);
    if (found !== null) return found;
    await sleep(25);
  }
  throw new Error(`Not printed: ${pattern.source}\n${output}`);
}

afterEach(async () => {
  child.kill("SIGKILL");
  await ended;
});

test("the curl that npm start prints is answered SUCCESSFUL, and the message is shown", async () => {
  start(["--port", "0", "--sandbox-port", "0"]);
  const [, curl = ""] = await printed(hookCurl);
  expect(JSON.parse(await shell(curl))).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  await printed(/^┌── SMS to \+12025550123\n│ \(HOOK\)Your code is 11111\n└/m);

  const [, voice = ""] = await printed(/^(OKTA_HOOK_SECRET=.* --channel voice .*)\n\n/m);
  await shell(voice.replace("npm run hook --", "node tools/hook.ts"));
  await printed(/^┌── Call to \+12025550123 .*\n│ .*\d, \d, \d/m);

  const [, fault = ""] = await printed(/^(curl .*\/sandbox\/fault .*)\n\n/m);
  await shell(fault.replace(/\{.*\}/, '{"fault":"500"}'));
  expect(JSON.parse(await shell(curl))).toHaveProperty("error");

  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
});

test("npm start runs the real host of Core Tools when asked to, with the same settings", async () => {
  const directory = mkdtempSync(join(tmpdir(), "func-"));
  const script = `#!/bin/sh\n[ "$1 $2" = "start --port" ] && exec "${process.execPath}" local/host.ts --port "$3"\n`;
  writeFileSync(join(directory, "func"), script, { mode: 0o755 });
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as AddressInfo;
  free.close();
  const PATH = `${directory}:${process.env["PATH"] ?? ""}`;
  start(["--host", "func", "--port", String(port), "--sandbox-port", "0"], { PATH, KEY_VAULT_URL: "https://a.vault" });
  const [, curl = ""] = await printed(hookCurl);
  expect(JSON.parse(await shell(curl))).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  rmSync(directory, { recursive: true });
});

test("npm start says what is missing when there are no Core Tools", async () => {
  start(["--host", "func", "--sandbox-port", "0"], { PATH: "/nowhere" });
  expect(await ended).toEqual([1, null]);
  expect(output).toContain("func is not installed");
});

test("npm start can be the sandbox alone, with the key it is given", async () => {
  start(["--host", "none", "--sandbox-port", "0"], { EIGHT_BY_EIGHT_API_KEY: "given" });
  const [, url = ""] = await printed(/^The sandbox: (\S+)\n/m);
  const headers = { authorization: "Bearer given", "content-type": "application/json" };
  const body = JSON.stringify({ destination: "+12025550123", text: "hello" });
  const answer = await fetch(`${url}/api/v1/subaccounts/local_sms/messages`, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
  await printed(/^│ hello$/m);
});

test("npm start begins with the fault it is given", async () => {
  start(["--port", "0", "--sandbox-port", "0", "--fault", "rejected"]);
  const [, curl = ""] = await printed(hookCurl);
  expect(JSON.parse(await shell(curl))).toMatchObject({ commands: [{ value: [{ status: "FAILED" }] }] });
  expect(output).not.toContain("┌──");
});

test("npm start says which port is taken", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const port = String((taken.address() as AddressInfo).port);
  start(["--port", "0", "--sandbox-port", port]);
  expect(await ended).toEqual([1, null]);
  expect(output).toContain("The sandbox's port is taken");
  start(["--port", port, "--sandbox-port", "0"]);
  expect(await ended).toEqual([1, null]);
  expect(output).toContain(`Port ${port} is taken`);
  taken.close();
});

test("npm start names the faults there are when it is given another", async () => {
  start(["--fault", "explode"]);
  expect(await ended).toEqual([1, null]);
  expect(output).toContain("hang");
});
