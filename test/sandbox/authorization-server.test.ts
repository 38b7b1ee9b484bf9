import { startAuthorizationServer, type AuthorizationServer } from "../../sandbox/okta/authorization-server.ts";
import { createSigningKey, signToken } from "../../sandbox/okta/signed-token.ts";

let server: AuthorizationServer;
beforeEach(async () => {
  server = await startAuthorizationServer();
});
afterEach(() => server.close());

const kids = async () => {
  const { keys } = (await (await fetch(server.keysUrl)).json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
};

describe("the stand-in of an authorization server", () => {
  test("gives Okta's hook a token of five minutes, signed with a key that it publishes without its private part", async () => {
    const [header = "", payload = ""] = (await server.fetchToken()).split(".");
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
    expect(await kids()).toEqual([read(header)["kid"]]);
    const { iat, exp, cid } = read(payload);
    expect([Number(exp) - Number(iat), cid]).toEqual([300, server.credentials.clientId]);
    expect(await (await fetch(server.keysUrl)).text()).not.toMatch(/"d":/);
  });

  test.each([
    ["of another client", { clientId: "0oa9another" }, "invalid_client"],
    ["for another scope", { scope: "telephony.read" }, "invalid_scope"],
  ])("gives none to a hook %s", async (_, changes, error) => {
    await expect(server.fetchToken({ ...server.credentials, ...changes })).rejects.toThrow(error);
    expect(server.tokens).toEqual([]);
  });

  test("gives none for an assertion that another key has signed, or for another grant", async () => {
    const { clientId, scope, tokenUrl } = server.credentials;
    const assertion = signToken(createSigningKey("hook-key"), { iss: clientId, sub: clientId, aud: tokenUrl });
    for (const [grant_type, error] of [
      ["client_credentials", "invalid_client"],
      ["password", "unsupported_grant_type"],
    ] as const) {
      const body = new URLSearchParams({ grant_type, scope, client_assertion: assertion });
      expect(await (await fetch(tokenUrl, { method: "POST", body })).json()).toMatchObject({ error });
    }
  });

  test("signs with another key after a rotation, and publishes the older one unless the option says otherwise", async () => {
    const older = server.key.kid;
    server.rotate();
    expect(await kids()).toEqual([server.key.kid, older]);
    server.rotate({ keepOlder: false });
    expect(await kids()).toEqual([server.key.kid]);
  });
});
