import { createHmac, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import {
  hookSecret,
  inAzure,
  receiptSecret,
  untilShortHashKeyIsRead,
  startAzureHere,
  startApp,
  type App,
} from "../app.ts";
import type { Fault } from "../../tools/sandbox/8x8.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { passing, slow } from "../worker/clock.ts";

/** Returns the header of a trace that is not sampled. The app must send its events anyway. */
const traceParent = () =>
  `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;
const traceId = (header: string) => header.split("-")[1];

describe("telemetry in Azure", () => {
  let azure: FakeAzure;
  let app: App;

  beforeEach(async () => {
    azure = await startAzureHere();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  async function start(settings: Record<string, string> = {}): Promise<void> {
    const inVault = inAzure(azure);
    azure.vault.set("phone-hash-key", [{ value: "a-key-for-hashes" }]);
    app = await startApp({ ...inVault, ...settings });
  }
  const events = () => azure.ingestion.events("otp-delivery");

  test("Application Insights gets a complete event for each outcome and a secret's expiry, even if the SDK is loaded later", async () => {
    const expires = new Date("2099-01-01T00:00:00Z");
    azure.vault.set("receipt-secret", [{ value: receiptSecret, expires }]);
    const limits = { GUARD_COUNTRY_LIMITS: '{"US":{"enrollments":10}}' };
    await start({ PHONE_POLICY_BLOCKED_COUNTRIES: "DE", ...limits });
    await untilShortHashKeyIsRead(app);
    const german = { phoneNumber: "+4915112345678" };
    const hooks: [
      string,
      Record<string, unknown> | string,
      (Fault | undefined)?,
      Record<string, string | undefined>?,
    ][] = [
      ["accepted", {}],
      ["accepted", { deliveryChannel: "CALL" }],
      ["rejected", {}, { fault: "rejected" }],
      ["refused", german],
      ["unconfirmed", {}, { fault: "hang" }],
      ["unavailable", {}, { fault: "500" }],
      ["malformed", "not json"],
      ["unauthenticated", {}, undefined, { authorization: undefined }],
    ];
    for (const [at, [outcome, profile, fault, headers]] of hooks.entries()) {
      if (fault !== undefined) app.eightByEight.fail("sms", fault, 1);
      const envelope = { eventId: `the-code-asked-for-as-no-${at}` };
      const body =
        typeof profile === "string" ? profile : hookBody({ messageProfile: profile, envelope });
      const answer = app.post(body, headers);
      await (fault?.fault === "hang" ? app.passing(answer) : answer);
      if (outcome === "refused") await app.idle();
    }
    await app.stop();
    const reported = events().map(({ properties: { outcome, eventId } }) => [outcome, eventId]);
    const ids = hooks.map(([outcome], at) => [
      outcome,
      at < 6 ? `the-code-asked-for-as-no-${at}` : undefined,
    ]);
    expect(reported).toEqual(ids);
    expect(azure.ingestion.requests.every(({ authorized }) => authorized)).toBe(true);
    expect(azure.ingestion.events("secret-expiry")).toMatchObject([
      { properties: { secret: "receipt-secret" } },
    ]);

    const [accepted, , rejected, refused] = events();
    const milliseconds = expect.stringMatching(/^\d+(\.\d+)?$/) as string;
    expect(accepted?.properties).toEqual({
      outcome: "accepted",
      channel: "sms",
      country: "US",
      callingCode: "1",
      eventId: "the-code-asked-for-as-no-0",
      oktaRequestId: "reqRgSk8IBBRhuo0YdlEDTmUw",
      oktaUserId: "00uyxxSknGtK8022w0g3",
      oktaOrg: "example.okta.com",
      requestType: "com.okta.user.telephony.pre-enrollment",
      provider: "8x8",
      providerCode: "QUEUED",
      providerId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      authenticatedBy: "secret",
      secretVersion: "1",
      attempts: "1",
      phoneHash: createHmac("sha256", "a-key-for-hashes")
        .update("+19876543210")
        .digest("base64url"),
      range: "+1987654",
      guardDayPercent: "10",
      eventsOnTime: "false",
      durationMs: milliseconds,
      authenticateMs: milliseconds,
      parseMs: milliseconds,
      decideMs: milliseconds,
      sendMs: milliseconds,
    });
    expect(rejected?.properties).toMatchObject({
      reason: "invalid-number",
      providerCode: "REJECTED",
    });
    expect(rejected?.properties["phoneHash"]).toBe(accepted?.properties["phoneHash"]);
    expect(refused?.properties).toMatchObject({
      reason: "country-blocked",
      country: "DE",
      attempts: "0",
    });
    expect(refused?.properties["phoneHash"]).not.toBe(accepted?.properties["phoneHash"]);
  });

  test("Application Insights gets each event and each attempt with its time and operation ID", async () => {
    await start();
    const [first, second] = [traceParent(), traceParent()];
    const before = Date.now();
    await app.post(hookBody(), { traceparent: first });
    const after = Date.now();
    await app.idle();
    await azure.ingestion.waitFor(() => events().length === 1);
    app.eightByEight.fail("sms", { fault: "503" }, 1);
    await passing(app.clock, app.post(hookBody(), { traceparent: second }), slow);
    await app.stop();

    expect(events().map(({ operationId }) => operationId)).toEqual([
      traceId(first),
      traceId(second),
    ]);
    expect(events()[0]?.time.getTime()).toBeGreaterThanOrEqual(before - 2);
    expect(events()[0]?.time.getTime()).toBeLessThanOrEqual(after + 2);
    const calls = azure.ingestion.dependencies();
    expect(
      calls.map(({ operationId, resultCode, success }) => [operationId, resultCode, success]),
    ).toEqual([
      [traceId(first), "200", true],
      [traceId(second), "503", false],
      [traceId(second), "200", true],
    ]);
    const host = new URL(app.eightByEight.url).host;
    expect(calls[0]).toMatchObject({
      name: "8x8 sms",
      type: "Http",
      target: host,
      parentId: events()[0]?.parentId,
    });
    expect(calls[0]).toMatchObject({
      roleName: "okta-8x8-test",
      duration: expect.stringMatching(/^00:00:0\d\.\d+$/) as string,
    });
    expect(calls[0]?.time.getTime()).toBeGreaterThanOrEqual(before - 2);
    expect(calls[0]?.time.getTime()).toBeLessThanOrEqual(after + 2);
  });

  test("Application Insights gets exactly one event for each request and one dependency for each attempt", async () => {
    await start();
    for (let hook = 0; hook < 3; hook++) await app.post(hookBody());
    await app.post(hookBody(), { authorization: "wrong" });
    await app.stop();
    expect(events()).toHaveLength(4);
    expect(azure.ingestion.dependencies()).toHaveLength(3);
    expect(azure.ingestion.envelopes).toHaveLength(4 + 3);
    // If the SDK's own metrics were on, each dependency would have this property.
    expect(JSON.stringify(azure.ingestion.envelopes)).not.toContain("MetricExtractors");
    expect(
      azure.proxy.refused.filter((host) => !host.startsWith("settings.sdk.monitor.azure.com")),
    ).toEqual([]);
    expect(app.output()).not.toMatch(/monitor-opentelemetry|Error/);
  });

  test("Application Insights gets the names of invalid settings", async () => {
    await start({ EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "" });
    await app.post(hookBody());
    await app.stop();
    expect(events()).toMatchObject([
      {
        properties: {
          outcome: "unavailable",
          reason: "invalid-settings",
          invalidSettings: "EIGHT_BY_EIGHT_SMS_SUBACCOUNT",
        },
      },
    ]);
  });

  test("Application Insights gets different reasons for a chunked body and a body that is not JSON", async () => {
    await start();
    const headers = { authorization: hookSecret, "content-type": "application/json" };
    const body = Readable.from([JSON.stringify(hookBody())]);
    await fetch(`${app.url}/api/okta/telephony`, { method: "POST", headers, body, duplex: "half" });
    await app.post("");
    await app.stop();
    expect(events().map(({ properties }) => properties["reason"])).toEqual([
      "chunked-body",
      "not-json",
    ]);
  });

  test("Application Insights gets events without phoneHash if the vault has no hash key", async () => {
    app = await startApp(inAzure(azure));
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
    await app.stop();
    expect(events()[0]?.properties).not.toHaveProperty("phoneHash");
    expect(events()[0]?.properties).toHaveProperty("outcome", "accepted");
  });
});
