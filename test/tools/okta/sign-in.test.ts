import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzure } from "../../../sandbox/azure.ts";
import { scopes, startOkta, type Okta } from "./running-okta.ts";

let okta: Okta;
afterEach(() => okta.stop());

const tokenCalls = () => okta.org.calls.filter(({ call }) => call === "POST /oauth2/v1/token");

test("the service app proves possession from its first call on, and one token serves a run", async () => {
  okta = await startOkta("https://func.test/hook");
  expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 2 });
  expect(tokenCalls().map(({ answer }) => answer?.status)).toEqual([400, 200]);
  expect(tokenCalls()[0]?.answer?.body).toMatchObject({ error: "use_dpop_nonce" });
});

test("a scope that was not granted is named", async () => {
  const granted = scopes.filter((scope) => scope !== "okta.logs.read");
  okta = await startOkta("https://func.test/hook", {}, granted);
  const { exitCode, output } = await okta.okta("audit --env test");
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/invalid_scope\. Grant the app .*okta\.logs\.read/)]);
});

test.each([
  ["a key that the app does not know", () => pem("pkcs8"), "invalid_client"],
  ["a file that is no key", () => "-----BEGIN NONSENSE-----s3cret", "neither a private JWK nor a PEM"],
])("%s is told, and nothing of it", async (_, text, words) => {
  okta = await startOkta("https://func.test/hook");
  const folder = mkdtempSync(join(tmpdir(), "key-"));
  const file = join(folder, "key");
  writeFileSync(file, text());
  const { exitCode, output } = await okta.okta("plan --env test", { env: { OKTA_PRIVATE_KEY_FILE: file } });
  rmSync(folder, { recursive: true });
  expect([exitCode, output]).toEqual([1, expect.stringContaining(words)]);
  expect(output).not.toMatch(/s3cret|NONSENSE|MII/);
});

test("a key that never leaves Key Vault signs as well", async () => {
  const azure = await startAzure();
  const publicKey = azure.vault.addKey("okta-admin");
  okta = await startOkta("https://func.test/hook", { app: { clientId: "0oa1", publicKey, scopes } });
  const run = await okta.okta("plan --env test --sign-with kv-test/okta-admin", { env: azure.env });
  expect([run.exitCode, run.output]).toEqual([2, expect.stringContaining("telephony hook: make it")]);
  expect(azure.vault.requests.map(({ method, path }) => `${method} ${path}`)).toContainEqual(
    expect.stringMatching(/^POST \/keys\/okta-admin\/\w+\/sign$/),
  );
  azure.vault.fail("denied");
  const denied = await okta.okta("plan --env test --sign-with kv-test/okta-admin", { env: azure.env });
  expect([denied.exitCode, denied.output]).toEqual([1, expect.stringContaining("Key Vault Crypto User")]);
  await azure.close();
});

function pem(type: "pkcs8"): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type, format: "pem" }).toString();
}
