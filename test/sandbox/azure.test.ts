import { once } from "node:events";
import { request } from "node:http";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { run } from "./run-probe.ts";
import type { Fault } from "../../sandbox/azure/stand-in.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

const readSecrets = async (name: string): Promise<unknown> => JSON.parse(await run(azure, "read-secrets.ts", name));

describe("the stand-in for Key Vault", () => {
  const now = Date.now();
  const versions = [
    { version: "cc", value: "newest" },
    { version: "aa", value: "withdrawn", enabled: false },
    { version: "bb", value: "outdated", expires: new Date(now - 60_000), createdOn: new Date(now - 3_600_000) },
  ];

  it("gives the real SDK every version of a secret, page after page, sorted by id and not by age", async () => {
    azure.vault.set("hook", versions);
    expect(await readSecrets("hook")).toEqual({
      versions: [
        expect.objectContaining({ version: "aa", enabled: false, value: { failed: "Forbidden", status: 403 } }),
        expect.objectContaining({ version: "bb", enabled: true, value: "outdated" }),
        expect.objectContaining({ version: "cc", enabled: true, value: "newest" }),
      ],
      latest: "newest",
    });
    const lists = azure.vault.requests.filter(({ path }) => path === "/secrets/hook/versions");
    expect(lists.map(({ authorized }) => authorized)).toEqual([false, true, true]);
    expect(azure.vault.requests.filter(({ authorized }) => !authorized)).toHaveLength(1);
    expect(azure.identity.requests).toEqual([
      { resource: "https://vault.azure.net", clientId: azure.identity.clientId, authorized: true },
    ]);
    expect(azure.proxy.refused).toEqual([]);
  });

  it("rotates a secret: the new version is the latest, and those before it stay", async () => {
    azure.vault.set("hook", [{ version: "aa", value: "older" }]);
    azure.vault.add("hook", { version: "bb", value: "newer", createdOn: new Date(Date.now() + 1_000) });
    expect(await readSecrets("hook")).toEqual({
      versions: [
        expect.objectContaining({ version: "aa", value: "older" }),
        expect.objectContaining({ version: "bb", value: "newer" }),
      ],
      latest: "newer",
    });
  });

  it("knows nothing of a secret that was removed", async () => {
    azure.vault.set("hook", versions);
    azure.vault.remove("hook");
    expect(await readSecrets("hook")).toEqual({ versions: [], latest: { failed: "SecretNotFound", status: 404 } });
  });

  it.each<[Fault, unknown]>([
    ["down", { failed: "ECONNRESET", status: null }],
    ["error", { failed: "InternalServerError", status: 500 }],
    ["denied", { failed: "Forbidden", status: 403 }],
    [{ slowMs: 100 }, "newest"],
  ])("fails by the fault that is set (%j), until it recovers", async (fault, seen) => {
    azure.vault.set("hook", versions);
    azure.vault.fail(fault);
    const start = performance.now();
    expect(await readSecrets("hook")).toMatchObject({ latest: seen });
    expect(performance.now() - start).toBeGreaterThan(typeof fault === "object" ? fault.slowMs * 6 : 0);
    azure.vault.recover();
    expect(await readSecrets("hook")).toMatchObject({ latest: "newest" });
  });
});

describe("the stand-in for the identity endpoint", () => {
  const query = "api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net";

  it("issues nothing to a caller without the right header or with another client id", async () => {
    const { endpoint, header, clientId } = azure.identity;
    const wrongHeader = await fetch(`${endpoint}?${query}&client_id=${clientId}`, {
      headers: { "x-identity-header": "guess" },
    });
    const wrongClient = await fetch(`${endpoint}?${query}&client_id=x`, { headers: { "x-identity-header": header } });
    expect([wrongHeader.status, wrongClient.status]).toEqual([401, 400]);
    expect(azure.identity.tokens).toEqual([]);
  });

  it("issues tokens that count for the resource that was asked for, and no other", async () => {
    const { endpoint, header, clientId } = azure.identity;
    await fetch(`${endpoint}?${query}&client_id=${clientId}`, { headers: { "x-identity-header": header } });
    const authorization = `Bearer ${azure.identity.tokens[0] ?? ""}`;
    expect(azure.identity.authorizes(authorization, "https://vault.azure.net")).toBe(true);
    expect(azure.identity.authorizes(authorization, "https://monitor.azure.com")).toBe(false);
    expect(azure.identity.authorizes(undefined, "https://vault.azure.net")).toBe(false);
  });

  it("issues tokens that last as long as is set, for all resources or for one", async () => {
    azure.identity.issueFor(60, "https://vault.azure.net");
    const secondsLeft = async (resource: string): Promise<number> => {
      const { endpoint, header, clientId } = azure.identity;
      const asked = `api-version=2019-08-01&resource=${resource}&client_id=${clientId}`;
      const answer = await fetch(`${endpoint}?${asked}`, { headers: { "x-identity-header": header } });
      return Number(((await answer.json()) as { expires_on: string }).expires_on) - Date.now() / 1_000;
    };
    expect(await secondsLeft("https://vault.azure.net")).toBeLessThanOrEqual(60);
    expect(await secondsLeft("https://monitor.azure.com")).toBeGreaterThan(80_000);
  });

  it("leaves the caller waiting when it hangs", async () => {
    azure.identity.fail("hang");
    const asked = fetch(`${azure.identity.endpoint}?${query}`, { signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow("timeout");
    expect(azure.identity.requests).toHaveLength(1);
  });

  it("leaves the SDK without a token when it fails", async () => {
    azure.vault.set("hook", [{ value: "newest" }]);
    azure.identity.fail("error");
    expect(await readSecrets("hook")).toMatchObject({ latest: { failed: "CredentialUnavailableError" } });
    expect(azure.vault.requests.some(({ authorized }) => authorized)).toBe(false);
  });
});

it("the proxy refuses every other host and remembers which", async () => {
  const connect = request(azure.env["HTTPS_PROXY"] ?? "", { method: "CONNECT", path: "example.com:443" }).end();
  const [answer] = (await once(connect, "connect")) as [{ statusCode: number }];
  expect(answer.statusCode).toBe(502);
  expect(azure.proxy.refused).toEqual(["example.com:443"]);
});
