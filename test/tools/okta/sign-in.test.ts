import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { startAzure } from "../../../tools/sandbox/azure.ts";
import { scopes, startOkta, type Okta } from "./running-okta.ts";

let okta: Okta;
afterEach(() => okta.stop());

const tokenCalls = () => okta.org.calls.filter(({ call }) => call === "POST /oauth2/v1/token");

test("plan repeats its token request with Okta's nonce, and gets a token only once", async () => {
  okta = await startOkta("https://func.test/hook");
  expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 2 });
  expect(tokenCalls().map(({ answer }) => answer?.status)).toEqual([400, 200]);
  expect(tokenCalls()[0]?.answer?.body).toMatchObject({ error: "use_dpop_nonce" });
});

// If an app lacks a requested scope, Okta may issue a token without it or refuse the request. Okta
// does not document which.
describe.each(["left-out", "refused"] as const)("a missing scope that is %s", (otherScopes) => {
  const start = (missing: string) =>
    startOkta("https://func.test/hook", {
      app: { otherScopes, scopes: scopes.filter((scope) => scope !== missing) },
    });

  test("apply names a missing scope that it needs, and changes nothing", async () => {
    okta = await start("okta.inlineHooks.manage");
    const { exitCode, output } = await okta.okta("apply --env test --yes --unproved", {
      input: "hook=a-secret-of-the-app",
    });
    expect([exitCode, output]).toEqual([1, expect.stringContaining("okta.inlineHooks.manage")]);
    expect(output).not.toMatch(/admin role|early access/);
    expect(okta.org.calls.filter(({ call }) => !call.endsWith("/token"))).toEqual([]);
  });

  test("plan reports a missing optional scope, and continues", async () => {
    okta = await start("okta.customTelephonyProvider.read");
    expect(await okta.okta("plan --env test")).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(
        /~ telephony hook: create[^]*\? The scope okta\.customTelephonyProvider\.read is missing/,
      ) as string,
    });
  });
});

test("if Okta refuses the event hook for a missing role, apply does not speak of early access", async () => {
  okta = await startOkta("https://func.test/hook");
  okta.want({ events: { name: "8x8 outcomes", url: "https://func.test/events", filter: true } });
  okta.org.fail("POST", "/eventHooks", "403");
  const { output } = await okta.okta("apply --env test --yes --unproved", {
    input: "hook=a-secret-of-the-app\nevent=a-secret-of-the-app",
  });
  expect(output).toMatch(/event hook could not be changed: .*HTTP 403/);
  expect(output).not.toContain("early access");
});

test("verify names the scope to grant if the service app has no scope", async () => {
  okta = await startOkta("https://func.test/hook", { app: { scopes: [] } });
  const { output } = await okta.okta("verify --env test");
  expect(output).toMatch(/consent_required\. Grant the app okta\.inlineHooks\.read/);
});

test.each([
  ["a key that the app does not know", unknownKey(), "invalid_client"],
  ["a file without a key", "-----BEGIN NONSENSE-----s3cret", "has no private key"],
])("plan reports %s and never quotes the file", async (_, text, words) => {
  okta = await startOkta("https://func.test/hook");
  writeFileSync(okta.keyFile, text);
  const { exitCode, output } = await okta.okta("plan --env test");
  expect([exitCode, output]).toEqual([1, expect.stringContaining(words)]);
  expect(output).not.toMatch(/s3cret|NONSENSE|MII/);
});

test.each(["pkcs1", "pkcs8"] as const)("plan signs in with a PEM file of %s", async (type) => {
  okta = await startOkta("https://func.test/hook");
  const jwk = JSON.parse(readFileSync(okta.keyFile, "utf8")) as JsonWebKey;
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  writeFileSync(okta.keyFile, key.export({ type, format: "pem" }));
  expect(await okta.okta("plan --env test")).toMatchObject({ exitCode: 2 });
});

test("plan signs in with a key in Key Vault, and names the missing role if the vault refuses", async () => {
  const azure = await startAzure();
  const publicKey = azure.vault.addKey("okta-admin");
  okta = await startOkta("https://func.test/hook", {
    app: { publicKey },
  });
  const plan = () =>
    okta.okta("plan --env test --sign-with kv-test/okta-admin", { env: azure.env });
  expect(await plan()).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining("telephony hook: create") as string,
  });
  azure.vault.fail("denied");
  expect(await plan()).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining("Key Vault Crypto User") as string,
  });
  await azure.close();
});

function unknownKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
