import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start8x8, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { Command, hookCurl, npmStart, shell } from "./starting.ts";

interface LocalSettings {
  readonly Values: Readonly<Record<string, string>>;
}
const example = JSON.parse(readFileSync("local.settings.json.example", "utf8")) as LocalSettings;

/** A folder as after a build, with a `func` for the PATH. */
let folder: string;
let PATH: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "func-"));
  for (const file of ["package.json", "host.json"]) cpSync(file, join(folder, file));
  for (const made of ["dist", "local"]) symlinkSync(resolve(made), join(folder, made));
  putFunc(resolve("test/local/func.ts"));
  PATH = `${folder}:${process.env["PATH"] ?? ""}`;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function putFunc(script: string): void {
  const func = `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`;
  writeFileSync(join(folder, "func"), func, { mode: 0o755 });
}

const settle = (Values: LocalSettings["Values"]) => {
  writeFileSync(join(folder, "local.settings.json"), JSON.stringify({ ...example, Values }));
};

let running: Command;
afterEach(() => running.stop());

test("npm start runs the real host of Core Tools when asked to, with the same settings", async () => {
  settle(example.Values);
  // As on a machine whose own Node is too old.
  writeFileSync(join(folder, "node"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  running = npmStart(["--host", "func"], { PATH, KEY_VAULT_URL: "https://a.vault" }, folder);
  const answer: unknown = JSON.parse(await shell(await running.printed(hookCurl)));
  expect(answer).toMatchObject({ commands: [{ value: [{ status: "SUCCESSFUL" }] }] });
  await running.printed(/^\S+ → accepted /m);
  const phone = await running.printed(/^The phone: +(\S+)\/\n/m);
  const latest = await fetch(`${phone}/sandbox/messages/latest?wait=5`);
  expect(await latest.json()).toMatchObject({ channel: "sms", to: "+12025550123", code: "11111" });
  expect(await running.stop()).toBe(0);
});

test("npm start does not take the answers of another server for the app's", async () => {
  const other = `let answers = 0;
    const answer = (request, response) => response.end("hello", () => ++answers > 2 && process.exit());
    require("node:http").createServer(answer).listen(Number(process.argv[4]), "127.0.0.1");`;
  writeFileSync(join(folder, "other.cjs"), other);
  putFunc(join(folder, "other.cjs"));
  running = npmStart(["--host", "func"], { PATH }, folder);
  expect(await running.ended()).toBe(1);
  expect(running.output).toBe("Error: func has ended.\nnpm start -- --help says more.\n");
});

describe("func start by hand, with the example's settings", () => {
  let sandbox: Sandbox8x8;
  beforeEach(async () => {
    sandbox = await start8x8({ apiKey: example.Values["EIGHT_BY_EIGHT_API_KEY"] ?? "" });
  });
  afterEach(() => sandbox.close());

  test("serves the hook, on a laptop as the app sees it", async () => {
    // The example's sandbox is on a port that is not this test's to take.
    const { EIGHT_BY_EIGHT_SMS_URL = "" } = sandbox.env;
    settle(example.Values);
    running = new Command("test/local/func.ts", ["start", "--port", "0"], { EIGHT_BY_EIGHT_SMS_URL }, folder);
    const url = await running.printed(/^listening on (\S+)$/m);
    expect(await (await fetch(`${url}/api/health`)).json()).toEqual({ status: "healthy" });
    const headers = { authorization: example.Values["OKTA_HOOK_SECRET"] ?? "", "content-type": "application/json" };
    const body = Buffer.from(JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550123" } })));
    await fetch(`${url}/api/okta/telephony`, { method: "POST", headers, body });
    expect(sandbox.messages).toMatchObject([{ channel: "sms", destination: "+12025550123" }]);
    await running.printed(/^\S+ → accepted /m);
  });

  test("says which Node is missing where the host takes one that is too old", async () => {
    writeFileSync(join(folder, "old.mjs"), 'Object.defineProperty(process, "version", { value: "v20.20.2" });');
    settle({ ...example.Values, languageWorkers__node__arguments: "--import ./old.mjs" });
    running = new Command("test/local/func.ts", ["start", "--port", "0"], {}, folder);
    await running.printed(
      /unable to load entry point .*: Error: This app needs Node 22 or newer, .* with v20\.20\.2\./,
    );
  });
});

test("npm start prints nothing of the real host's that a terminal or a pipeline would obey", async () => {
  const words = "\\u001b[2Jone\\n::add-mask::x\\n##vso[task.x]y\\n";
  writeFileSync(join(folder, "words.cjs"), `process.stdout.write("${words}");`);
  putFunc(join(folder, "words.cjs"));
  running = npmStart(["--host", "func"], { PATH }, folder);
  expect(await running.ended()).toBe(1);
  expect(running.output).toMatch(/^\[2Jone\n: :add-mask::x\n# #vso\[task\.x\]y\n/);
});
