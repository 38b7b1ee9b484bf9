import { start8x8, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import type { VaultSecrets } from "../../src/settings/config.ts";
import { load } from "../settings/sample-settings.ts";
import { runWithCurl } from "./run-with-curl.ts";

const apiKey = "the-8x8-key-of-this-test";
const receiptSecret = "the-receipt-secret-of-this-test";
const receiptsUrl = "https://example.com/api/8x8/receipts";

let sandbox: Sandbox8x8;
beforeEach(async () => {
  sandbox = await start8x8({ apiKey, subAccounts: { sms: "acme_sms", voice: "acme&voice" } });
});
afterEach(() => sandbox.close());

// The script has to ask for them by the names that the app reads.
const { apiKeyName, receiptSecretName } = load().secrets as VaultSecrets;

function run(action: string, env: Record<string, string> = {}, secrets: Record<string, string> = {}) {
  const vault = { [apiKeyName]: apiKey, [receiptSecretName]: receiptSecret, ...secrets };
  return runWithCurl("receipts.sh", [action, "kv-example"], vault, {
    ...sandbox.env,
    EIGHT_BY_EIGHT_API_KEY: "",
    EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId,
    RECEIPTS_URL: receiptsUrl,
    ...env,
  });
}

const webhooks = () => [sandbox.webhooks.of.sms.get("acme_sms"), sandbox.webhooks.of.voice.get("acme&voice")];
const ours = { url: receiptsUrl, authorization: `Bearer ${receiptSecret}`, enabled: true };

it("sets both webhooks, in place of what the sub-accounts had, with the newest secret from the vault", async () => {
  sandbox.sendReceiptsTo("https://example.com/another", "Basic another");
  const { status, output, leftovers } = await run("set");
  expect([status, webhooks(), leftovers]).toEqual([0, [ours, ours], []]);
  expect(output).toContain(`8x8 sends the receipts of acme_sms to ${receiptsUrl}.`);
});

it("leaves calls out where there is no voice sub-account", async () => {
  for (const action of ["set", "show", "remove"])
    expect((await run(action, { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "" })).status).toBe(0);
  await run("set", { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "" });
  expect(webhooks()).toEqual([ours, undefined]);
});

it("shows what 8x8 has, without the secret", async () => {
  await run("set");
  const { status, output } = await run("show");
  expect(status).toBe(0);
  const [sms, voice] = output
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(sms).toMatchObject([{ subAccountId: "acme_sms", url: receiptsUrl, httpAuthorization: "***" }]);
  expect(voice).toMatchObject({ webhooks: [{ type: "VSS", url: receiptsUrl, httpAuthHeaderAvailable: true }] });
});

it("removes both", async () => {
  await run("set");
  const { status } = await run("remove");
  expect([status, webhooks()]).toEqual([0, [undefined, undefined]]);
});

it.each(["set", "show", "remove"])("%s has key and secret on no command line and in no output", async (action) => {
  await run("set");
  const { output, arguments: said } = await run(action);
  expect(said).toContain("--request");
  for (const secret of [apiKey, receiptSecret]) expect(said + output).not.toContain(secret);
});

it.each([
  ["a wrong key", {}, { "eight-by-eight-api-key": "another" }],
  ["another account's id", { EIGHT_BY_EIGHT_ACCOUNT: "3f1c6f0e-0000-4000-8000-000000000000" }, {}],
])("stops, and says what 8x8 said, where 8x8 refuses: %s", async (_, env, secrets) => {
  const { status, output } = await run("set", env, secrets);
  expect(status).not.toBe(0);
  expect(output).toContain("401");
  expect(webhooks()).toEqual([undefined, undefined]);
});

it.each(["too-short", `with a space ${receiptSecret}`, `quoted"${receiptSecret}`, ""])(
  "changes nothing with a receipt secret that no header should carry: %j",
  async (secret) => {
    const { status, output } = await run("set", {}, { "receipt-secret": secret });
    expect([status === 0, webhooks()]).toEqual([false, [undefined, undefined]]);
    expect(output).toContain("Nothing was changed.");
  },
);

it.each([
  ["sends", {}, "The action is set, show or remove."],
  ["set", { EIGHT_BY_EIGHT_ACCOUNT: "" }, "EIGHT_BY_EIGHT_ACCOUNT is missing."],
  ["set", { RECEIPTS_URL: "" }, "RECEIPTS_URL is missing."],
  ["set", { RECEIPTS_URL: "http://example.com" }, "Every URL is https: the key and the secret go there."],
  ["show", { EIGHT_BY_EIGHT_SMS_URL: "http://example.com" }, "Every URL is https: the key and the secret go there."],
])("%s with %j: %s", async (action, env, message) => {
  const { status, output, arguments: said } = await run(action, env);
  expect([status, output.split("\n")[0], said]).toEqual([64, message, ""]);
});
