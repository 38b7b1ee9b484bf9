import {
  authenticatedBy,
  createEventHook,
  enrolledBy,
  eventBatch,
  hookBody,
  hookFailed,
  oktaUserId,
  sentByOkta,
  type EventHook,
} from "../../sandbox/okta.ts";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import type { Fault } from "../../sandbox/azure/stand-in.ts";
import { inAzure, startBridge, type Bridge } from "../bridge.ts";
import { until } from "../until.ts";

const eventSecret = "the-event-secret-of-the-tests";
const statusesOf = (deliveries: readonly { readonly status: number | undefined }[]) =>
  deliveries.map(({ status }) => status);

let bridge: Bridge;
let okta: EventHook;
const oktaWith = (secret: string | undefined) => createEventHook(`${bridge.app.url}/api/okta/events`, secret);
const sms = (changes = {}) => bridge.post(hookBody({ messageProfile: { phoneNumber: "+4915123456789" }, ...changes }));

describe("Okta's events on a laptop", () => {
  beforeAll(async () => {
    bridge = await startBridge({ OKTA_EVENT_SECRET: eventSecret });
    okta = oktaWith(eventSecret);
  });
  afterAll(() => bridge.stop());

  test("the one-time challenge is answered", async () => {
    expect(await okta.verify()).toBe(true);
  });

  test.each([
    ["no secret", undefined],
    ["a wrong one", "another-secret"],
    ["the hook's", "the-hook-secret-of-the-tests"],
  ])("strangers are 401, for the challenge too: with %s", async (_, secret) => {
    const stranger = oktaWith(secret);
    expect(await stranger.verify()).toBe(false);
    expect(await stranger.deliver([authenticatedBy("sms")])).toMatchObject([{ status: 401 }]);
  });

  test("a batch is 204 without a body, and a used code is told with the hook that sent it", async () => {
    await sms();
    const [delivery] = await okta.deliver([authenticatedBy("sms")]);
    expect(delivery).toMatchObject({ status: 204, text: "" });
    expect(bridge.app.output()).toMatch(/→ verified · sms · DE · /);
  });

  test.each([
    ["empty", ""],
    ["cut", "{"],
    ["no object", "[]"],
    ["without events", "{}"],
    ["with something else for events", JSON.stringify({ ...eventBatch([]), data: { events: 7 } })],
    ["too large", "x".repeat(300_000)],
  ])("a batch that cannot be read is 204 all the same, since it would come again: %s", async (_, body) => {
    const headers = { authorization: eventSecret, "content-type": "application/json" };
    const answer = await fetch(`${bridge.app.url}/api/okta/events`, { method: "POST", headers, body });
    expect(answer.status).toBe(204);
  });

  test("a GET without a challenge is none of Okta's", async () => {
    const answer = await fetch(`${bridge.app.url}/api/okta/events`, { headers: { authorization: eventSecret } });
    expect(answer.status).toBe(400);
  });
});

describe("without the secret", () => {
  test("on a laptop the route is 404", async () => {
    bridge = await startBridge();
    expect(statusesOf(await oktaWith(eventSecret).deliver([]))).toEqual([404]);
    await bridge.stop();
  });
});

describe("Okta's events in Azure", () => {
  let azure: FakeAzure;

  beforeEach(async () => {
    azure = await startAzure();
    azure.vault.set("okta-event-secret", [{ value: eventSecret }]);
  });
  afterEach(async () => {
    await bridge.stop();
    await azure.close();
  });

  async function start(settings: Record<string, string> = { STATE_TABLE_URL: azure.tables.url }): Promise<void> {
    bridge = await startBridge({ ...inAzure(azure), ...settings });
    okta = oktaWith(eventSecret);
  }
  async function told(name: string, count = 1): Promise<Record<string, string>[]> {
    await azure.ingestion.waitFor(() => azure.ingestion.events(name).length >= count, 15_000);
    return azure.ingestion.events(name).map(({ properties }) => properties);
  }
  const kept = () => until(() => azure.tables.rows().length > 0);

  test("before the vault has said anything they are 503, and 404 once it has said that there is no such secret", async () => {
    azure.vault.remove("okta-event-secret");
    azure.vault.fail("hang");
    await start({});
    expect(statusesOf(await okta.deliver([]))).toEqual([503, 503]);
    azure.vault.recover();
    await until(() => azure.vault.requests.some(({ path }) => path.startsWith("/secrets/okta-event-secret/")), 20_000);
    expect(statusesOf(await okta.deliver([])).at(-1)).toBe(404);
  });

  test("a used code is told with all that is known of it, and 8x8 is told that it was used; the row is removed", async () => {
    await start({ STATE_TABLE_URL: azure.tables.url, EIGHT_BY_EIGHT_FEEDBACK: "send" });
    await sms();
    await kept();
    expect(azure.tables.rows()).toMatchObject([
      { PartitionKey: oktaUserId, RowKey: "sms", eventId: "uS5871kJThSsU8qlA1LTcg", country: "DE" },
    ]);
    const event = authenticatedBy("sms") as { uuid: string; published: string };
    expect(statusesOf(await okta.deliver([event]))).toEqual([204]);
    const umid = bridge.eightByEight.feedback[0]?.umid;
    expect(bridge.eightByEight.feedback).toEqual([{ umid, outcome: "success", timestamp: new Date(event.published) }]);
    expect(azure.tables.rows()).toEqual([]);
    const [outcome] = await told("otp-outcome");
    expect(outcome).toEqual({
      outcome: "verified",
      join: "joined",
      channel: "sms",
      country: "DE",
      requestType: "com.okta.user.telephony.pre-enrollment",
      eventId: "uS5871kJThSsU8qlA1LTcg",
      providerId: umid,
      feedback: "sent",
      usedAt: event.published,
      oktaEventId: event.uuid,
      oktaUserId,
      secondsToVerify: expect.stringMatching(/^\d+(\.\d+)?$/) as string,
      durationMs: expect.any(String) as string,
    });
    expect(azure.proxy.refused.filter((host) => !host.includes("monitor.azure.com"))).toEqual([]);
  });

  test("of two codes the last one counts; what comes twice and turned around is counted once by Okta's id", async () => {
    await start();
    await sms({ envelope: { eventId: "first" } });
    await sms({ envelope: { eventId: "second" } });
    await sms({
      messageProfile: { deliveryChannel: "Voice", phoneNumber: "+12025550123" },
      envelope: { eventId: "call" },
    });
    await until(() => azure.tables.rows().length === 2);
    const events = [authenticatedBy("sms"), enrolledBy("voice"), sentByOkta("sms", true), hookFailed()];
    expect(statusesOf(await okta.deliverCarelessly(events))).toEqual([204, 204, 204, 204, 204]);
    const outcomes = await told("otp-outcome", 4);
    expect(new Set(outcomes.map(({ oktaEventId }) => oktaEventId)).size).toBe(2);
    const joined = outcomes.filter(({ join }) => join === "joined");
    expect(joined.map(({ eventId }) => eventId).sort()).toEqual(["call", "second"]);
    expect(outcomes.map(({ join }) => join).sort()).toEqual(["joined", "joined", "none", "none"]);
    expect(await told("okta-fallback", 2)).toMatchObject([
      { channel: "sms", country: "US", outcome: "success" },
      { channel: "sms" },
    ]);
    expect(await told("okta-hook-failed", 2)).toMatchObject([{ reason: "timeout" }, { reason: "timeout" }]);
    expect(bridge.eightByEight.feedback).toEqual([]);
  });

  test("without a table an outcome is told without the code", async () => {
    await start({});
    await sms();
    await okta.deliver([authenticatedBy("sms")]);
    expect(await told("otp-outcome")).toMatchObject([{ outcome: "verified", join: "off", oktaUserId, channel: "sms" }]);
    expect(azure.tables.requests).toEqual([]);
  });

  test.each<[Fault]>([["down"], ["error"], ["denied"], ["hang"], [{ slowMs: 1_500 }]])(
    "with a table that is %j hooks notice nothing, events are answered in time, and they say so",
    async (fault) => {
      await start();
      azure.tables.fail(fault);
      const { judged, ms } = await sms();
      expect(judged.answer).toBe("successful");
      expect(ms).toBeLessThan(1_000);
      // The next code's row waits, as does this one's.
      const [delivery] = await okta.deliver([authenticatedBy("sms", { userId: "00uanother000000000001" })]);
      expect(delivery).toMatchObject({ status: 204 });
      expect(delivery?.ms).toBeLessThan(2_600);
      expect(await told("otp-outcome")).toMatchObject([{ join: "failed" }]);
      // What waits is known all the same.
      await okta.deliver([authenticatedBy("sms")]);
      expect((await told("otp-outcome", 2))[1]).toMatchObject({ join: "joined" });
    },
  );

  test("a code that was used too late, or before it was sent, is another one", async () => {
    await start();
    await sms();
    const in16Minutes = new Date(Date.now() + 16 * 60_000);
    const minutesAgo = new Date(Date.now() - 2 * 60_000);
    await okta.deliver([in16Minutes, minutesAgo].map((published) => authenticatedBy("sms", { published })));
    expect(await told("otp-outcome", 2)).toMatchObject([{ join: "none" }, { join: "none" }]);
  });

  test("8x8 that does not take feedback costs a second and a word", async () => {
    await start({ STATE_TABLE_URL: azure.tables.url, EIGHT_BY_EIGHT_FEEDBACK: "send" });
    await sms();
    bridge.eightByEight.fail({ fault: "hang" });
    const [delivery] = await okta.deliver([authenticatedBy("sms")]);
    expect(delivery).toMatchObject({ status: 204 });
    expect(delivery?.ms).toBeLessThan(1_500);
    expect(await told("otp-outcome")).toMatchObject([{ join: "joined", feedback: "failed" }]);
    expect(bridge.eightByEight.requests.filter(({ path }) => path.endsWith("/feedback"))).toHaveLength(1);
  });

  test("what cannot be read of a batch is counted, and strangers are told as such", async () => {
    await start({});
    await okta.deliver([7, authenticatedBy("sms", { event: { uuid: 7 } })]);
    await oktaWith("a-wrong-secret").deliver([]);
    expect(await told("otp-outcome", 2)).toMatchObject([
      { outcome: "malformed", reason: "wrong-events", count: "2" },
      { outcome: "unauthenticated", reason: "wrong-secret" },
    ]);
  });

  test("rows that wait are written when the worker is stopped", async () => {
    await start();
    await sms();
    expect(azure.tables.rows()).toEqual([]);
    await bridge.app.stop();
    expect(azure.tables.rows()).toHaveLength(1);
  });

  test("a secret that is rotated in is taken at once", async () => {
    await start({});
    await okta.deliver([]);
    azure.vault.add("okta-event-secret", { value: "another-event-secret" });
    expect(statusesOf(await oktaWith("another-event-secret").deliver([]))).toEqual([204]);
    expect(statusesOf(await okta.deliver([]))).toEqual([204]);
  });
});
