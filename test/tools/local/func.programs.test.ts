import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start8x8 } from "../../../tools/sandbox/8x8.ts";
import { hookBody } from "../../../tools/sandbox/okta.ts";
import { Command, hookCurl, npmStart, shell } from "./starting.ts";

const example = JSON.parse(readFileSync("local.settings.json.example", "utf8")) as {
  Values: Record<string, string>;
};

/** Copy of a built checkout, with a `func` command for the PATH. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "func-"));
  for (const file of ["package.json", "host.json"]) cpSync(file, join(folder, file));
  for (const made of ["dist", "tools"]) symlinkSync(resolve(made), join(folder, made));
  cpSync("local.settings.json.example", join(folder, "local.settings.json"));
  const func = `#!/bin/sh\nexec "${process.execPath}" "${resolve("test/tools/local/func.ts")}" "$@"\n`;
  writeFileSync(join(folder, "func"), func, { mode: 0o755 });
});
let running: Command;
afterEach(async () => {
  await running.stop();
  rmSync(folder, { recursive: true });
});

test("npm start -- --host func runs the app with npm start's Node and without KEY_VAULT_URL", async () => {
  // This `node` command fails, like a Node that is too old for the app.
  writeFileSync(join(folder, "node"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const PATH = `${folder}:${process.env["PATH"] ?? ""}`;
  running = npmStart(["--host", "func"], { PATH, KEY_VAULT_URL: "https://a.vault" }, folder);
  const printed = await shell(await running.printed(hookCurl));
  const answer: unknown = JSON.parse(printed.split("\n", 1)[0] ?? "");
  expect(answer).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  await running.printed(/^\S+ → accepted /m);
  const phone = await running.printed(/^Phone page: +(\S+)\/\n/m);
  const latest = await fetch(`${phone}/sandbox/messages/latest?wait=5`);
  expect(await latest.json()).toMatchObject({ channel: "sms", to: "+12025550123", code: "11111" });
  expect(await running.stop()).toBe(0);
});

test("npm start -- --host func prefers an empty variable to the value in local.settings.json", async () => {
  const PATH = `${folder}:${process.env["PATH"] ?? ""}`;
  running = npmStart(["--host", "func"], { PATH, EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "" }, folder);
  await running.printed(
    /^local\.settings\.json: The environment replaces EIGHT_BY_EIGHT_VOICE_SUBACCOUNT\.$/m,
  );
  const url = await running.printed(/^Okta's hook: +(\S+)\n/m);
  const body = { deliveryChannel: "Voice", phoneNumber: "+12025550123" };
  await fetch(url, {
    method: "POST",
    headers: { authorization: "it's a local secret", "content-type": "application/json" },
    body: JSON.stringify(hookBody({ messageProfile: body })),
  });
  await running.printed(/^\S+ → refused voice-off /m);
  const phone = await running.printed(/^Phone page: +(\S+)\/\n/m);
  expect(await (await fetch(`${phone}/sandbox/app`)).json()).toMatchObject({ host: "func" });
});

test("func start sends a code with the settings of local.settings.json.example", async () => {
  const sandbox = await start8x8({ apiKey: example.Values["EIGHT_BY_EIGHT_API_KEY"] ?? "" });
  // Use another URL than the example, because the port in the example may be in use.
  const { EIGHT_BY_EIGHT_SMS_URL = "" } = sandbox.env;
  const env = {
    EIGHT_BY_EIGHT_SMS_URL,
    languageWorkers__node__defaultExecutablePath: process.execPath,
  };
  running = new Command("test/tools/local/func.ts", ["start", "--port", "0"], env, folder);
  const url = await running.printed(/^listening on (\S+)$/m);
  expect(await (await fetch(`${url}/api/health`)).json()).toEqual({ status: "healthy" });
  const headers = {
    authorization: example.Values["OKTA_HOOK_SECRET"] ?? "",
    "content-type": "application/json",
  };
  const body = Buffer.from(
    JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550123" } })),
  );
  await fetch(`${url}/api/okta/telephony`, { method: "POST", headers, body });
  expect(sandbox.messages).toMatchObject([{ channel: "sms", destination: "+12025550123" }]);
  await running.printed(/^\S+ → accepted /m);
  await sandbox.close();
});
