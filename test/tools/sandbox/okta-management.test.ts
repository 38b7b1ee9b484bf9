import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { judgeCalls } from "../../okta-documents/judged-calls.ts";

const apiToken = "an-administrators-token";
const path = "/api/v1/inlineHooks";
const authScheme = { type: "HEADER", key: "Authorization", value: "write-only-secret" };
const config = { uri: "https://example.com/hook", method: "POST", authScheme };
const version = "1.0.0" as const;
const body = { name: "8x8", version, channel: { type: "HTTP", version, config } };
const telephony = { ...body, type: "com.okta.telephony.provider" };

let org: OktaOrg;
const start = async (options = {}) => (org = await startOktaOrg({ apiToken, ...options }));
afterEach(async () => {
  await org.close();
  // These tests send wrong requests on purpose, so the requests are not judged.
  expect(judgeCalls(org.calls).filter((words) => words.includes(": answer: "))).toEqual([]);
});

interface Answered {
  readonly status: number;
  readonly json: Record<string, unknown> & {
    readonly id: string;
    readonly channel: typeof body.channel;
  };
}

async function call(
  method: string,
  at: string,
  sent?: object,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const answer = await fetch(org.url + at, {
    method,
    headers: { authorization: `SSWS ${apiToken}`, "content-type": "application/json", ...headers },
    body: sent === undefined ? null : JSON.stringify(sent),
  });
  return { status: answer.status, json: (await answer.json()) as Answered["json"] };
}

// The real API's behavior comes from recordings in the tests of Okta's Terraform provider:
// https://github.com/okta/terraform-provider-okta/tree/master/test/fixtures/vcr
describe("the stand-in's API for telephony hooks", () => {
  beforeEach(() => start());

  test("the stand-in for Okta creates an active hook, never returns the secret, and deletes headers that a PUT omits", async () => {
    const headers = [{ key: "x-any", value: "shown" }];
    const made = await call("POST", path, {
      ...telephony,
      channel: { ...body.channel, config: { ...config, headers } },
    });
    expect([made.status, made.json]).toMatchObject([
      200,
      { status: "ACTIVE", channel: { config: { headers } } },
    ]);
    const one = `${path}/${made.json.id}`;
    expect(JSON.stringify((await call("GET", path)).json)).not.toContain("write-only-secret");
    const changed = (await call("PUT", one, { ...body, name: "renamed" })).json;
    expect(changed).toMatchObject({
      status: "ACTIVE",
      name: "renamed",
      channel: { config: { headers: [] } },
    });
  });

  test("the stand-in for Okta activates a hook only after the active hook has been deactivated", async () => {
    const { id } = (await call("POST", path, telephony)).json;
    expect((await call("POST", path, telephony)).json["errorCode"]).toBe("E0000001");
    const channel = {
      ...body.channel,
      config: { ...config, authScheme: { ...authScheme, type: "HEADER" as const } },
    };
    const other = org.hooks.add({ ...body, channel: { ...channel, type: "HTTP" } }, "INACTIVE");
    const activate = async () =>
      (await call("POST", `${path}/${other.id}/lifecycle/activate`)).status;
    expect(await activate()).toBe(400);
    await call("POST", `${path}/${id}/lifecycle/deactivate`);
    expect(await activate()).toBe(200);
  });
});

describe("the stand-in's token endpoint", () => {
  const app = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const proofKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const clientId = "0oa1";
  beforeEach(() =>
    start({
      app: {
        clientId,
        publicKey: app.publicKey.export({ format: "jwk" }),
        scopes: ["okta.inlineHooks.read"],
      },
    }),
  );

  function signed(key: KeyObject, header: object, claims: object): string {
    const text = [header, { iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ...claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${text}.${sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }
  const proof = (claims: object, key = proofKey) => {
    const jwk = key.publicKey.export({ format: "jwk" });
    return signed(key.privateKey, { alg: "ES256", typ: "dpop+jwt", jwk }, claims);
  };
  const assertion = () => {
    const aud = `${org.url}/oauth2/v1/token`;
    const exp = Math.floor(Date.now() / 1000) + 60;
    return signed(app.privateKey, { alg: "RS256" }, { iss: clientId, sub: clientId, aud, exp });
  };
  async function token(headers: Readonly<Record<string, string>> = {}) {
    const form = { grant_type: "client_credentials", scope: "okta.inlineHooks.read" };
    const answer = await fetch(`${org.url}/oauth2/v1/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ ...form, client_assertion: assertion() }),
    });
    const json = (await answer.json()) as Readonly<Record<string, string>>;
    return { status: answer.status, nonce: answer.headers.get("dpop-nonce") ?? "", json };
  }
  const forToken = (claims: object = {}) => ({
    htm: "POST",
    htu: `${org.url}/oauth2/v1/token`,
    ...claims,
  });

  test("the stand-in for Okta requires a DPoP proof with a nonce, and issues a token that works only with the proof's key", async () => {
    expect((await token()).json["error"]).toBe("invalid_dpop_proof");
    const { nonce, json } = await token({ dpop: proof(forToken()) });
    expect(json["error"]).toBe("use_dpop_nonce");
    const issued = await token({ dpop: proof(forToken({ nonce })) });
    expect(issued.json).toMatchObject({ token_type: "DPoP", scope: "okta.inlineHooks.read" });

    const access = issued.json["access_token"] ?? "";
    const ath = createHash("sha256").update(access).digest("base64url");
    const list = { htm: "GET", htu: org.url + path, ath };
    const as = async (dpop: string, scheme = "DPoP") =>
      (await call("GET", path, undefined, { authorization: `${scheme} ${access}`, dpop })).status;
    const good = proof(list);
    expect(await as(good)).toBe(200);
    expect([
      await as(good),
      await as(proof(list), "Bearer"),
      await as(proof({ ...list, ath: "of another" })),
      await as(proof({ ...list, htm: "POST" })),
      await as(proof(list, generateKeyPairSync("ec", { namedCurve: "P-256" }))),
    ]).toEqual([401, 401, 401, 401, 401]);
    const write = { authorization: `DPoP ${access}`, dpop: proof({ ...list, htm: "POST" }) };
    expect((await call("POST", path, telephony, write)).json["errorCode"]).toBe("E0000006");
  });
});
