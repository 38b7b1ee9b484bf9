// These refusals make the app's tests fail if the app sends a request that Azure would refuse.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request as requestTls } from "node:https";
import { startAzure, type FakeAzure } from "../../../tools/sandbox/azure.ts";

let azure: FakeAzure;
let ca: Buffer;
beforeEach(async () => {
  azure = await startAzure();
  ca = await readFile(azure.env["NODE_EXTRA_CA_CERTS"] ?? "");
});
afterEach(() => azure.close());

const vault = "https://vault.azure.net";
const monitor = "https://monitor.azure.com";

async function askIdentity(changes: Record<string, string> = {}, header = azure.identity.header) {
  const { endpoint, clientId: client_id } = azure.identity;
  const query = { "api-version": "2019-08-01", resource: vault, client_id, ...changes };
  const url = `${endpoint}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(url, { headers: { "x-identity-header": header } });
  return { status: answer.status, ...((await answer.json()) as { access_token?: string }) };
}

async function ask(port: number, path: string, resource: string | undefined, posted?: object) {
  const token = resource === undefined ? undefined : (await askIdentity({ resource })).access_token;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const method = posted === undefined ? "GET" : "POST";
  const asked = requestTls({ host: "127.0.0.1", port, path, method, headers, ca });
  asked.end(posted && JSON.stringify(posted));
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.resume().statusCode };
}

test("the stand-ins for Key Vault and Application Insights refuse a token for another service", async () => {
  azure.vault.set("hook", [{ version: "aa", value: "aa" }]);
  const secret = "/secrets/hook?api-version=7.6";
  const read = async (resource?: string) => (await ask(azure.vault.port, secret, resource)).status;
  const post = async (resource?: string) =>
    (await ask(azure.ingestion.port, "/v2.1/track", resource, [{}])).status;
  expect([await read(), await read(monitor), await read(vault)]).toEqual([401, 401, 200]);
  expect([await post(), await post(vault), await post(monitor)]).toEqual([401, 401, 200]);
});

// https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
test("the stand-in for the managed identity refuses wrong requests", async () => {
  const wrong = [{ client_id: "x" }, { resource: "" }, { "api-version": "2017-09-01" }];
  const statuses = await Promise.all(wrong.map(async (one) => (await askIdentity(one)).status));
  const { status: unknown } = await askIdentity({}, "guess");
  expect([unknown, ...statuses, azure.identity.tokens]).toEqual([401, 400, 400, 400, []]);
});
