import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addLocalSettings } from "../../../tools/local/start/local-settings.ts";
import { assertFree } from "../../../tools/local/start/ports.ts";
import { readSecrets } from "../../../tools/local/start/secrets.ts";
import { readUsage } from "../../../tools/local/start/usage.ts";
import { buildApp } from "../../worker/built.ts";
import { npmStart } from "./starting.ts";

let taken: Server;
let port: string;
beforeAll(async () => {
  buildApp();
  taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  port = String((taken.address() as AddressInfo).port);
});
afterAll(() => {
  taken.close();
});

test("if a port is in use, npm start says what to do and prints no stack trace", async () => {
  const started = npmStart(["--sandbox-port", port]);
  expect(await started.ended()).toBe(1);
  expect(started.output).toMatch(
    /^Error: Port \d+ is in use.* add --sandbox-port 0 .*\nTo see all options, run: npx --no okta-8x8-telephony start --help\n$/,
  );
});

test("npm start refuses the same port for two servers", async () => {
  const { port: free } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, "close");
  const ports = [["--port", String(free)] as const, ["--okta-port", String(free)] as const];
  await expect(assertFree(ports)).rejects.toThrow(/^Port \d+ is in use.* add --okta-port 0 /);
  await once(taken.listen(free, "127.0.0.1"), "listening");
});

test("npm start says that a wrong setting stops every request, and prints no command to send a code", async () => {
  const started = npmStart([], { PHONE_POLICY_ALLOWED_COUNTRIES: "Germany" });
  await started.printed(
    /^Error: Setting PHONE_POLICY_ALLOWED_COUNTRIES .*\. The app answers 503 to every request until you correct it\.$/m,
  );
  await started.printed(/^The app answers 503 to every request\. Correct the setting/m);
  expect(started.output).not.toContain("curl");
  await started.stop();
});

test("npm start reads local.settings.json, except secrets, URLs and the connection string", () => {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const before = process.cwd();
  process.chdir(folder);
  const Values = {
    PHONE_DEFAULT_COUNTRY: "DE",
    GUARD_MODE: "",
    OKTA_HOOK_SECRET: "local-hook-secret",
    EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:7072",
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "local_sms",
    EIGHT_BY_EIGHT_SMS_SENDER: "Acme",
    APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=x",
    KEY_VAULT_URL: "https://a.vault.azure.net",
  };
  const read = (isReal: boolean) => {
    const env = { EIGHT_BY_EIGHT_SMS_SENDER: "" };
    addLocalSettings(env, isReal);
    return env;
  };
  writeFileSync("local.settings.json", JSON.stringify({ Values }));
  expect(read(false)).toEqual({
    PHONE_DEFAULT_COUNTRY: "DE",
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "local_sms",
    EIGHT_BY_EIGHT_SMS_SENDER: "",
  });
  expect(read(true)).toEqual({ PHONE_DEFAULT_COUNTRY: "DE", EIGHT_BY_EIGHT_SMS_SENDER: "" });
  writeFileSync("local.settings.json", "{");
  expect(() => read(false)).toThrow("local.settings.json is not JSON.");
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each<[string, string[], string]>([
  ["a port that is not one", ["--okta-port", "65536"], "--okta-port takes a number from 0"],
  ["an unknown option", ["--prot", "1"], "There is no option --prot."],
  [
    "a public URL with a path",
    ["--public-url", "https://a.example/path"],
    "--public-url must be https:// and a host",
  ],
  [
    "an org without a public URL",
    ["--okta-org", "https://dev-1.okta.com", "--okta-client", "0oa1"],
    "need --public-url",
  ],
  ["--send-for-real without --only", ["--send-for-real"], "--send-for-real and --only belong"],
])("npm start refuses %s, and the error says what is allowed", (_, args, words) => {
  expect(() => readUsage(args, {})).toThrow(words);
});

test("npm start refuses a secret that an HTTP header cannot carry, and does not print the secret", () => {
  expect(() => readSecrets({ RECEIPT_SECRET: "Schlüssel…" })).toThrow(
    /^RECEIPT_SECRET (?!.*Schlüssel)/,
  );
});
