import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { run } from "./run-probe.ts";
import { until } from "../until.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

describe("the stand-in for Application Insights", () => {
  const operationId = "0af7651916cd43dd8448eb211c80319c";
  const parentId = "b7ad6b7169203331";
  // A whole second: the exporter's arithmetic can lose a millisecond of any other moment.
  const time = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
  const send = (): Promise<string> => run(azure, "send-telemetry.ts", operationId, parentId, String(time.getTime()));
  const dimensions = { outcome: "accepted", channel: "sms" };

  const post = async (port: number, headers: Record<string, string>): Promise<number | undefined> => {
    const ca = await readFile(azure.env["NODE_EXTRA_CA_CERTS"] ?? "");
    const posted = request({ host: "127.0.0.1", port, path: "/v2.1/track", method: "POST", headers, ca });
    posted.end(JSON.stringify([{ name: "unwelcome" }]));
    const [answer] = (await once(posted, "response")) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  it("receives what the real SDK sends: authorized, complete, once, and nothing besides", async () => {
    await send();
    const place = { operationId, parentId, time, roleName: "okta-8x8-test" };
    expect(azure.ingestion.events("otp-delivery")).toEqual([
      expect.objectContaining({ ...place, properties: { ...dimensions, attempts: "1", durationMs: "250" } }),
    ]);
    expect(azure.ingestion.dependencies()).toEqual([
      expect.objectContaining({
        ...place,
        name: "8x8 sms",
        type: "Http",
        target: "sms.8x8.com",
        resultCode: "200",
        success: true,
        duration: "00:00:00.250",
      }),
    ]);
    expect(azure.ingestion.envelopes).toHaveLength(2);
    expect(azure.ingestion.requests.every(({ authorized }) => authorized)).toBe(true);
    expect(azure.proxy.refused).toEqual([]);
  });

  it("keeps nothing while it fails and receives the second try", async () => {
    azure.ingestion.fail("error");
    const sent = send();
    await until(() => azure.ingestion.requests.length > 0);
    expect(azure.ingestion.envelopes).toEqual([]);
    azure.ingestion.recover();
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length > 0);
    await sent;
    expect(azure.ingestion.envelopes).toHaveLength(2);
  });

  it("accepts nothing without a token, nor with one for the vault", async () => {
    await run(azure, "read-secrets.ts", "hook");
    const [vaultToken = ""] = azure.identity.tokens;
    expect(await post(azure.ingestion.port, {})).toBe(401);
    expect(await post(azure.ingestion.port, { authorization: `Bearer ${vaultToken}` })).toBe(401);
    expect(azure.ingestion.envelopes).toEqual([]);
    expect(azure.ingestion.requests).toHaveLength(2);
  });

  it("says so when what is waited for does not arrive", async () => {
    await expect(azure.ingestion.waitFor(() => false, 20)).rejects.toThrow("Not arrived");
  });
});
