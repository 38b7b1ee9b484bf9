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
  const ports = [["--port", "7080"] as const, ["--sandbox-port", "7080"] as const];
  await expect(assertFree(ports)).rejects.toThrow(
    "--port and --sandbox-port are both 7080. Give each its own port.",
  );
  await assertFree([
    ["--port", "0"],
    ["--okta-port", "0"],
  ]);
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

describe("local.settings.json", () => {
  const printed = jest.spyOn(process.stdout, "write");
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    printed.mockReset().mockReturnValue(true);
    folder = mkdtempSync(join(tmpdir(), "settings-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  afterAll(() => {
    printed.mockRestore();
  });
  const read = (written: string | object, env: NodeJS.ProcessEnv = {}, isReal = false) => {
    const text = typeof written === "string" ? written : JSON.stringify(written);
    writeFileSync("local.settings.json", text);
    addLocalSettings(env, isReal);
    return { env, printed: printed.mock.calls.join("") };
  };

  test("npm start reads the settings, and names each value that it leaves out", () => {
    const Values = {
      PHONE_DEFAULT_COUNTRY: "DE",
      GUARD_MODE: "",
      OKTA_HOOK_SECRET: "local-hook-secret",
      EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:7072",
      EIGHT_BY_EIGHT_SMS_SENDER: "Acme",
      GARD_MODE: "enforce",
      FUNCTIONS_WORKER_RUNTIME: "node",
    };
    const own = { EIGHT_BY_EIGHT_SMS_SENDER: "" };
    const found = read({ Values }, { ...own });
    expect(found.env).toEqual({ PHONE_DEFAULT_COUNTRY: "DE", ...own });
    expect(found.printed.split("\n")).toEqual([
      "Settings also come from local.settings.json.",
      "local.settings.json: start uses its own values of OKTA_HOOK_SECRET, EIGHT_BY_EIGHT_SMS_URL.",
      "local.settings.json: The environment replaces EIGHT_BY_EIGHT_SMS_SENDER.",
      "local.settings.json: The app does not read GARD_MODE.",
      "",
    ]);
    expect(read({ Values }, {}, true).env).toEqual({ PHONE_DEFAULT_COUNTRY: "DE" });
  });

  test.each([
    ["after a byte order mark", '\uFEFF{"Values":{"HOOK_BUDGET_MS":"2000"}}'],
    ["without quotes", { Values: { HOOK_BUDGET_MS: 2000 } }],
    ["in `values`", { values: { HOOK_BUDGET_MS: "2000" } }],
  ])("npm start reads a value %s", (_, written) => {
    expect(read(written).env).toEqual({ HOOK_BUDGET_MS: "2000" });
  });

  test.each<[string, string | object, string]>([
    ["a misspelled setting", { Values: { PHONE_DEFALT_COUNTRY: "DE" } }, "no setting PHONE_DEFALT"],
    ["an object as a value", { Values: { GUARD_COUNTRY_LIMITS: {} } }, "must be a text in quotes"],
    ["a file without Values", { HOOK_BUDGET_MS: "2000" }, "has no object Values"],
    ["a file that is not JSON", "{", "is not JSON"],
  ])("npm start refuses %s", (_, written, words) => {
    expect(() => read(written)).toThrow(words);
  });

  test("npm start says that it does not read .env", () => {
    writeFileSync(".env", "GUARD_MODE=enforce");
    expect(read({ Values: {} }).printed).toContain("The file .env is not read.");
  });
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
