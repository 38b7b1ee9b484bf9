// Azure's stand-ins refuse a missing or wrong token, a wrong host and a wrong request. An app that
// sends such a request therefore fails its tests.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { request as requestTls } from "node:https";
import { json } from "node:stream/consumers";
import { startAzure, type FakeAzure } from "../../../tools/sandbox/azure.ts";

let azure: FakeAzure;
let ca: Buffer;
beforeEach(async () => {
  azure = await startAzure({ pageSize: 2 });
  ca = await readFile(azure.env["NODE_EXTRA_CA_CERTS"] ?? "");
});
afterEach(() => azure.close());

const vault = "https://vault.azure.net";
const monitor = "https://monitor.azure.com";

async function askIdentity(changes: Record<string, string> = {}, header = azure.identity.header) {
  const query = {
    "api-version": "2019-08-01",
    resource: vault,
    client_id: azure.identity.clientId,
    ...changes,
  };
  const url = `${azure.identity.endpoint}?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(url, { headers: { "x-identity-header": header } });
  return {
    status: answer.status,
    ...((await answer.json()) as { access_token?: string; expires_on?: string }),
  };
}

/** Calls a stand-in over TLS, as the SDKs do. If there is a `resource`, sends a token for it. */
async function ask(port: number, path: string, resource: string | undefined, posted?: object) {
  const token = resource === undefined ? undefined : (await askIdentity({ resource })).access_token;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const method = posted === undefined ? "GET" : "POST";
  const asked = requestTls({ host: "127.0.0.1", port, path, method, headers, ca });
  asked.end(posted && JSON.stringify(posted));
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: (await json(answer)) as Record<string, unknown>,
  };
}

// https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret-versions
test("the stand-in for Key Vault requires a vault token, and pages versions sorted by id", async () => {
  const versions = ["cc", "aa", "bb"].map((version) => ({
    version,
    value: version,
    enabled: version !== "bb",
  }));
  azure.vault.set("hook", versions);
  const get = (path: string, resource?: string) => ask(azure.vault.port, path, resource);
  const list = "/secrets/hook/versions?api-version=7.6";
  const challenge = await get(list);
  expect([challenge.status, challenge.headers["www-authenticate"]]).toEqual([
    401,
    expect.stringContaining(vault),
  ]);
  expect((await get(list, monitor)).status).toBe(401);
  expect((await get("/secrets/hook/versions", vault)).status).toBe(400);
  const page = await get(list, vault);
  const ids = ({ body }: typeof page) =>
    (body["value"] as { id: string }[]).map(({ id }) => id.slice(-2));
  const next = new URL(page.body["nextLink"] as string);
  expect([ids(page), ids(await get(next.pathname + next.search, vault))]).toEqual([
    ["aa", "bb"],
    ["cc"],
  ]);
  expect((await get("/secrets/hook?api-version=7.6", vault)).body["value"]).toBe("cc");
  expect((await get("/secrets/hook/bb?api-version=7.6", vault)).status).toBe(403);
  expect((await get("/secrets/none?api-version=7.6", vault)).status).toBe(404);
});

test("the stand-in for Application Insights accepts only tokens for Azure Monitor", async () => {
  const post = async (resource?: string) =>
    (await ask(azure.ingestion.port, "/v2.1/track", resource, [{}])).status;
  expect([await post(), await post(vault)]).toEqual([401, 401]);
  expect(azure.ingestion.envelopes).toEqual([]);
  expect(await post(monitor)).toBe(200);
  await expect(azure.ingestion.waitFor(() => false, 20)).rejects.toThrow("did not arrive");
});

// https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
test("the stand-in for the managed identity refuses wrong requests, and issues tokens with the set lifetime", async () => {
  const { status: strange } = await askIdentity({}, "guess");
  const wrong = [{ client_id: "x" }, { resource: "" }, { "api-version": "2017-09-01" }];
  const statuses = await Promise.all(
    wrong.map(async (changes) => (await askIdentity(changes)).status),
  );
  expect([strange, ...statuses, azure.identity.tokens]).toEqual([401, 400, 400, 400, []]);
  azure.identity.issueFor(60, vault);
  const left = async (resource: string) =>
    Number((await askIdentity({ resource })).expires_on) - Date.now() / 1000;
  expect(await left(vault)).toBeLessThanOrEqual(60);
  expect(await left(monitor)).toBeGreaterThan(80_000);
});

test("the proxy refuses hosts without a stand-in, and records their names", async () => {
  const connect = request(azure.env["HTTPS_PROXY"] ?? "", {
    method: "CONNECT",
    path: "example.com:443",
  }).end();
  const [answer] = (await once(connect, "connect")) as [IncomingMessage];
  expect([answer.statusCode, azure.proxy.refused]).toEqual([502, ["example.com:443"]]);
});
