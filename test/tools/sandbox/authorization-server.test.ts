import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../../tools/sandbox/okta/authorization-server.ts";
import { createSigningKey, signToken } from "../../../tools/sandbox/okta/signed-token.ts";

let server: AuthorizationServer;
beforeEach(async () => {
  server = await startAuthorizationServer();
});
afterEach(() => server.close());

test.each([
  ["with the id of another client", { clientId: "0oa9another" }, "invalid_client"],
  ["that asks for another scope", { scope: "telephony.read" }, "invalid_scope"],
])("the authorization server gives no token to a hook %s", async (_, changes, error) => {
  await expect(server.fetchToken({ ...server.credentials, ...changes })).rejects.toThrow(error);
  expect(server.tokens).toEqual([]);
});

test.each([
  ["an assertion that another key signed", "client_credentials", "invalid_client"],
  ["another grant type", "password", "unsupported_grant_type"],
])("the authorization server gives no token for %s", async (_, grant_type, error) => {
  const { clientId, scope, tokenUrl } = server.credentials;
  const assertion = signToken(createSigningKey("hook-key"), {
    iss: clientId,
    sub: clientId,
    aud: tokenUrl,
  });
  const body = new URLSearchParams({ grant_type, scope, client_assertion: assertion });
  expect(await (await fetch(tokenUrl, { method: "POST", body })).json()).toMatchObject({ error });
});

test("the authorization server issues tokens for 300 s, and publishes its old and new public keys", async () => {
  const [, payload = ""] = (await server.fetchToken()).split(".");
  const { iat, exp } = JSON.parse(Buffer.from(payload, "base64url").toString()) as {
    iat: number;
    exp: number;
  };
  expect(exp - iat).toBe(300);
  const older = server.key.kid;
  server.rotate();
  const published = await (await fetch(server.keysUrl)).text();
  expect((JSON.parse(published) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)).toEqual(
    [server.key.kid, older],
  );
  expect(published).not.toMatch(/"d":/);
});
