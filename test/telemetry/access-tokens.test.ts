import { startAuthorizationServer, type AuthorizationServer } from "../../sandbox/okta/authorization-server.ts";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret, inAzure, startAzureHere, startApp, type App } from "../app.ts";
import { brokenTokens } from "../okta/broken-tokens.ts";
import { until } from "../until.ts";

describe("what the events hold of who signed in", () => {
  let azure: FakeAzure;
  let server: AuthorizationServer;
  let app: App;

  beforeEach(async () => {
    [azure, server] = await Promise.all([startAzureHere(), startAuthorizationServer()]);
  });
  afterEach(async () => {
    await app.stop();
    await Promise.all([azure.close(), server.close()]);
  });

  const post = (authorization: string) => app.post(hookBody(), { authorization });
  async function events(): Promise<Record<string, string>[]> {
    await app.stop();
    return azure.ingestion.events("otp-delivery").map(({ properties }) => properties);
  }

  test("a token, its age, and what was wrong with those that were broken; the vault has no hook secret, nor is asked", async () => {
    const settings = inAzure(azure);
    azure.vault.remove("okta-hook-secret");
    app = await startApp({ ...settings, ...server.env });
    await until(async () => (await fetch(`${app.url}/api/health`)).ok);
    expect((await post(`Bearer ${await server.fetchToken()}`)).judged.answer).toBe("successful");
    for (const [, , create] of brokenTokens) await post(`Bearer ${create(server)}`);
    const [good, ...broken] = await events();
    expect(good).toMatchObject({ outcome: "accepted", authenticatedBy: "token" });
    expect(good).not.toHaveProperty("secretVersion");
    // The time of a token's issue is in whole seconds.
    expect(Number(good?.["tokenAgeMs"])).toBeGreaterThanOrEqual(0);
    expect(Number(good?.["tokenAgeMs"])).toBeLessThan(15_000);
    expect(broken.map(({ reason }) => reason)).toEqual(brokenTokens.map(([, reason]) => reason));
    for (const properties of broken) expect(properties).not.toHaveProperty("authenticatedBy");
    expect(azure.vault.requests.filter(({ path }) => path.includes("hook-secret"))).toEqual([]);
  });

  test("either, while one takes over from the other", async () => {
    app = await startApp({ ...inAzure(azure), ...server.env, OKTA_HOOK_AUTH: "either" });
    await post(hookSecret);
    await post(`Bearer ${await server.fetchToken()}`);
    const signedIn = (await events()).map(({ authenticatedBy, secretVersion }) => [authenticatedBy, secretVersion]);
    expect(signedIn).toEqual([
      ["secret", "1"],
      ["token", undefined],
    ]);
  });
});
