import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertFree } from "../../../tools/local/start/ports.ts";
import { assertDevelopment } from "../../../tools/local/start/development.ts";
import { readLocalSettings } from "../../../tools/local/start/local-settings.ts";
import { readSecrets } from "../../../tools/local/start/secrets.ts";
import { readUsage } from "../../../tools/local/start/usage.ts";
import { send, sms } from "../sandbox/8x8/well-formed.ts";
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

test("npm start prints what to do, without a stack, if a port is in use or func is missing", async () => {
  const runs = [
    npmStart(["--sandbox-port", port]),
    npmStart(["--host", "func"], { PATH: "/nowhere" }),
  ];
  expect(await Promise.all(runs.map((run) => run.ended()))).toEqual([1, 1]);
  const words = [`Port ${port} is in use`, "func is not installed"];
  for (const [index, { output }] of runs.entries()) {
    expect(output).toMatch(/^Error: .*\nTo see all options, run: npm start -- --help\n$/s);
    expect(output).toContain(words[index]);
    expect(output).not.toMatch(/^ {4}at /m);
  }
});

test("npm start names every port that is in use, with the option for each", async () => {
  const ports = [["--port", port] as const, ["--sandbox-port", port] as const];
  await expect(assertFree(ports)).rejects.toThrow(
    /^Ports (\d+), \1 cannot be used, .* by adding --port 0 --sandbox-port 0\.$/,
  );
});

test("npm start says that a wrong setting stops every request, and does not invite to send a code", async () => {
  const started = npmStart([], { PHONE_POLICY_ALLOWED_COUNTRIES: "Germany" });
  await started.printed(
    /^Error: Setting PHONE_POLICY_ALLOWED_COUNTRIES .*\. The app answers 503 to every request until you correct it\.$/m,
  );
  await started.printed(/^The app answers 503 to every request\. Correct the setting/m);
  expect(started.output).not.toContain("curl");
  await started.stop();
});

test("npm start reads settings of local.settings.json, but no secret, URL or connection string", () => {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const before = process.cwd();
  process.chdir(folder);
  const Values = {
    PHONE_DEFAULT_COUNTRY: "DE",
    GUARD_MODE: "",
    OKTA_HOOK_SECRET: "local-hook-secret",
    EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:7072",
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "local_sms",
    APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=x",
    KEY_VAULT_URL: "https://a.vault.azure.net",
  };
  writeFileSync("local.settings.json", JSON.stringify({ Values }));
  expect(readLocalSettings(false)).toEqual({
    PHONE_DEFAULT_COUNTRY: "DE",
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "local_sms",
  });
  expect(readLocalSettings(true)).toEqual({ PHONE_DEFAULT_COUNTRY: "DE" });
  writeFileSync("local.settings.json", "{");
  expect(() => readLocalSettings(false)).toThrow("local.settings.json is not JSON.");
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test("npm start -- --host none starts only the sandbox, even if --port is in use", async () => {
  const started = npmStart(["--host", "none", "--port", port], { EIGHT_BY_EIGHT_API_KEY: "given" });
  const url = await started.printed(/^Phone page: +(\S+)\/\n/m);
  const path = "/api/v1/subaccounts/local_sms/messages";
  const { status } = await send(url + path, sms(), { authorization: "Bearer given" });
  expect(status).toBe(200);
  expect(await (await fetch(`${url}/sandbox/messages/latest?wait=60`)).json()).toMatchObject({
    code: "11111",
  });
  expect(await started.stop()).toBe(0);
});

test.each<[string, string[], string]>([
  ["an unknown fault", ["--fault", "explode"], "hang"],
  ["an unknown host", ["--host", "remote"], "--host must be local, func or none"],
  [
    "a port that is not a number",
    ["--port", "abc"],
    '--port takes a number from 0 (a free port) to 65535, not "abc".',
  ],
  [
    "a port that is too large",
    ["--okta-port", "65536"],
    "--okta-port takes a number from 0 (a free port) to 65535",
  ],
  ["an unknown option", ["--prot", "1"], "There is no option --prot."],
  ["an option without its value", ["--fault"], "--fault needs a value."],
  ["an option in place of a value", ["--fault", "--azure"], "--fault needs a value."],
  ["a value for a flag", ["--azure=1"], "--azure takes no value."],
  ["an argument without an option", ["27090"], '"27090" is not an option.'],
  ["--host none without the API key", ["--host", "none"], "EIGHT_BY_EIGHT_API_KEY"],
  [
    "a public URL with a path",
    ["--public-url", "https://a.example/path"],
    "--public-url must be https:// and a host",
  ],
  [
    "a public URL without TLS",
    ["--public-url", "http://a.example"],
    "--public-url must be https:// and a host",
  ],
  [
    "an org without a public URL",
    ["--okta-org", "https://dev-1.okta.com", "--okta-client", "0oa1"],
    "need --public-url",
  ],
  ["--send-for-real without --only", ["--send-for-real"], "--send-for-real and --only belong"],
  [
    "--only without --send-for-real",
    ["--only", "+12025550123"],
    "--send-for-real and --only belong",
  ],
  ["a number without a plus", ["--send-for-real", "--only", "12025550123"], "numbers in E.164"],
])("npm start refuses %s and prints the rule", (_, args, words) => {
  expect(() => readUsage(args, {})).toThrow(words);
});

test.each([
  [["--port", "7072"], "--port and --sandbox-port have the same port 7072."],
  [["--okta-port", "7071"], "--port and --okta-port have the same port 7071."],
  [
    ["--public-url", "https://a.example", "--public-port", "07072"],
    "--sandbox-port and --public-port have the same port 7072.",
  ],
])("npm start with %j names the two options that have the same port", (args, words) => {
  expect(() => readUsage(args, {})).toThrow(words);
});

test.each([
  [["--host", "none", "--port", "7072"]],
  [["--port", "0", "--sandbox-port", "0"]],
  [["--public-url", "https://a.example", "--okta-port", "7071"]],
])("npm start with %j accepts equal ports, because one is unused or both are 0", (args) => {
  const env = { EIGHT_BY_EIGHT_API_KEY: "given" };
  expect(() => readUsage(args, env)).not.toThrow();
});

test.each([
  ["OKTA_HOOK_SECRET", "two\nlines"],
  ["RECEIPT_SECRET", "Schlüssel…"],
  ["OKTA_AUTH_HEADER", "x secret"],
])(
  "npm start refuses a %s that an HTTP header cannot carry, and never quotes its value",
  (name, value) => {
    const read = () => readSecrets({ [name]: value });
    expect(read).toThrow(new RegExp(`^${name} (?!.*${value})`));
  },
);

// The arguments and variables that npm 10 and 11 pass on if no -- precedes the options.
test.each<[string, string[], Record<string, string>, string]>([
  ["--port 27090", ["27090"], { npm_config_port: "true" }, "npm start -- --port 27090"],
  ["--port=27090", [], { npm_config_port: "27090" }, "npm start -- --port 27090"],
  ["--azure", [], { npm_config_azure: "true" }, "npm start -- --azure"],
  [
    "--sandbox-port 0 --azure",
    ["0"],
    { npm_config_sandbox_port: "true", npm_config_azure: "true" },
    "-- --sandbox-port … --azure",
  ],
])(
  "npm start prints the right command if npm takes %s as npm's own option",
  (_, args, env, words) => {
    expect(() => readUsage(args, env)).toThrow(words);
  },
);

test.each(["AZURE_FUNCTIONS_ENVIRONMENT", "WEBSITE_INSTANCE_ID"])(
  "npm start refuses to run if Azure's variable %s is set",
  (name) => {
    expect(() => {
      assertDevelopment({ [name]: "Production" });
    }).toThrow("runs only in Development");
  },
);
