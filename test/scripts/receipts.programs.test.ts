import { start8x8, type Sandbox8x8 } from "../../tools/sandbox/8x8.ts";
import { runScript, runWithCurl } from "./run-script.ts";

const apiKey = "the-8x8-key-of-this-test";
const receiptsUrl = "https://example.com/api/8x8/receipts";

let sandbox: Sandbox8x8;
beforeEach(async () => {
  sandbox = await start8x8({ apiKey, subAccounts: { sms: "acme_sms", voice: "acme&voice" } });
  sandbox.sendReceiptsTo("https://example.com/another", "Basic another");
});
afterEach(() => sandbox.close());

/** Runs the script, and fails if the key or a secret is in a command line or in the output. */
async function run(action: string, env: Record<string, string> = {}, key = `${apiKey}\n`) {
  const ended = await runWithCurl("receipts.sh", [action, "kv-example"], key, {
    ...sandbox.env,
    // The app accepts a URL with a slash at the end, so the script must accept it too.
    EIGHT_BY_EIGHT_VOICE_URL: `${sandbox.env["EIGHT_BY_EIGHT_VOICE_URL"]}/`,
    EIGHT_BY_EIGHT_API_KEY: "",
    EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId,
    RECEIPTS_URL: receiptsUrl,
    ...env,
  });
  for (const secret of [apiKey, ended.file?.content ?? "no secret", before.authorization])
    expect(ended.calls.join("\n") + ended.output).not.toContain(secret);
  return ended;
}

const webhooks = () => [
  sandbox.webhooks.sms.get("acme_sms"),
  sandbox.webhooks.voice.get("acme&voice"),
];
const before = { url: "https://example.com/another", authorization: "Basic another" };

it("`receipts.sh set` gives both webhooks a new secret, and stores this secret in the vault", async () => {
  const { status, output, file, leftovers } = await run("set");
  expect([status, leftovers, file?.content]).toEqual([
    0,
    [],
    expect.stringMatching(/^[\da-f]{64}$/),
  ]);
  const ours = { url: receiptsUrl, authorization: `Bearer ${file?.content}` };
  expect(webhooks()).toEqual([ours, ours]);
  expect(output).toContain("receipt-secret has a new version");
  expect(output).toContain(`8x8 now sends the receipts of acme_sms to ${receiptsUrl}.`);
  // The script first prints the old configuration, because 8x8 replaces it.
  expect(output).toMatch(
    /^8x8's configuration before the change:\n.*https:\/\/example\.com\/another/,
  );
  // Each `receipts.sh set` replaces the secret with a new secret.
  expect((await run("set")).file?.content).not.toBe(file?.content);
});

it("receipts.sh sends the API key to 8x8's documented hosts by default", () => {
  const subAccounts = {
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_sms",
    EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice",
  };
  const env = { EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId, ...subAccounts };
  const { status, calls } = runScript("receipts.sh", ["show"], { env, input: `${apiKey}\n` });
  expect([
    status,
    calls.filter(([program]) => program === "curl").map((call) => call.at(-1)),
  ]).toEqual([
    0,
    [
      `https://sms.8x8.com/api/v1/accounts/${sandbox.accountId}/webhooks`,
      "https://voice.8x8.com/api/v1/subaccounts/acme_voice/webhooks",
    ],
  ]);
});

it("without a voice sub-account, receipts.sh changes only the webhook for SMS", async () => {
  const env = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "" };
  for (const action of ["show", "remove", "set"]) expect((await run(action, env)).status).toBe(0);
  expect(webhooks()).toEqual([expect.objectContaining({ url: receiptsUrl }), before]);
});

it("`receipts.sh show` prints 8x8's configuration without the secret and without commands for terminals or pipelines", async () => {
  const shown = await run("show");
  const [sms, voice] = shown.output
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect([shown.status, sms, voice]).toMatchObject([
    0,
    [{ subAccountId: "acme_sms", url: before.url, httpAuthorization: "***" }],
    { webhooks: [{ type: "VSS", url: before.url, httpAuthHeaderAvailable: true }] },
  ]);

  sandbox.sendReceiptsTo(
    "https://example.com/##vso[task.x]\u001b[2J\u009b2J\u202e",
    "Basic another",
  );
  const { output } = await run("show");
  expect(output).toContain("https://example.com/# #vso[task.x]");
  expect(output).not.toMatch(/##vso|[\u001b\u009b\u202e]/);
});

it("`receipts.sh remove` removes both webhooks", async () => {
  const { status } = await run("remove");
  expect([status, webhooks()]).toEqual([0, [undefined, undefined]]);
});

it.each<[string, Record<string, string>, string]>([
  ["a wrong API key", {}, "another\n"],
  [
    "another account's id",
    { EIGHT_BY_EIGHT_ACCOUNT: "3f1c6f0e-0000-4000-8000-000000000000" },
    `${apiKey}\n`,
  ],
])("receipts.sh changes neither 8x8 nor the vault if 8x8 refuses %s", async (_, env, key) => {
  for (const action of ["set", "remove"]) {
    const { status, file } = await run(action, env, key);
    expect([status === 0, webhooks(), file]).toEqual([false, [before, before], undefined]);
  }
});

const unsafe =
  "Every URL gets the key or the secret, so it must begin with https:// and have no user name.";

it.each([
  ["set", { RECEIPTS_URL: "" }, "RECEIPTS_URL is missing."],
  ["set", { RECEIPTS_URL: "http://example.com" }, unsafe],
  ["set", { RECEIPTS_URL: 'https://example.com/","enabled":false' }, unsafe],
  ["show", { EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:x@example.com" }, unsafe],
  ["remove", { EIGHT_BY_EIGHT_VOICE_URL: "https://voice.8x8.com@example.com" }, unsafe],
])("`receipts.sh %s` with the variables %j prints: %s", async (action, env, message) => {
  const { status, output, calls } = await run(action, env);
  expect([status, output.split("\n")[0], calls]).toEqual([64, message, []]);
});
