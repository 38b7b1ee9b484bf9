import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { eventId, sms, umid } from "../8x8/sample-receipts.ts";
import {
  inAzure,
  receiptSecret,
  untilShortHashKeyIsRead,
  startAzureHere,
  startApp,
  type App,
} from "../app.ts";
import { until } from "../until.ts";
import { expectSettledAt } from "../worker/clock.ts";

let azure: FakeAzure;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
});
afterEach(async () => {
  await app.stop();
  await azure.close();
});

async function start(
  settings: Record<string, string> = {},
  secrets = [receiptSecret],
): Promise<void> {
  const inVault = inAzure(azure);
  if (secrets.length > 0)
    azure.vault.set(
      "receipt-secret",
      secrets.map((value) => ({ value })),
    );
  app = await startApp({ ...inVault, ...settings });
}

async function receiptEvents(): Promise<Record<string, string>[]> {
  await app.stop();
  return azure.ingestion.events("otp-receipt").map(({ properties }) => properties);
}

describe("8x8's receipts", () => {
  test("for a receipt, the app sends one event without the phone number", async () => {
    azure.vault.set("phone-hash-key", [{ value: "the-hash-key-of-the-tests" }]);
    await start();
    await untilShortHashKeyIsRead(app);
    expect(await app.postReceipt(sms("undelivered"))).toBe(200);
    const [event, ...more] = await receiptEvents();
    expect(more).toEqual([]);
    expect(event).toEqual({
      channel: "sms",
      providerId: umid,
      eventId,
      state: "undelivered",
      detail: "rejected_by_operator",
      errorCode: "15",
      callingCode: "1",
      country: "US",
      phoneHash: expect.stringMatching(/^[\w-]{43}$/) as string,
      parts: "1",
      statusAt: "2026-11-20T10:00:01.250Z",
      durationMs: expect.stringMatching(/^[\d.]+$/) as string,
    });
  });

  test("the receipt event reports whether 8x8 changed the sender, but does not contain the sender", async () => {
    await start({ EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"+18335550100","*":"Acme"}' });
    for (const source of ["+18335550100", "+4915123456789"])
      expect(await app.postReceipt(sms("delivered", { source }))).toBe(200);
    expect(
      await app.postReceipt(sms("undelivered", { source: "18335550100" }, { errorCode: 19 })),
    ).toBe(200);
    const events = await receiptEvents();
    expect(events.map(({ senderChanged, reason }) => [senderChanged, reason])).toEqual([
      ["false", undefined],
      ["true", undefined],
      ["false", "invalid-sender"],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/4915123456789|8335550100/);
  });

  test("the receipt event of an SMS or a call has the ID that the hook returned to Okta", async () => {
    await start();
    app.eightByEight.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${receiptSecret}`);
    app.eightByEight.setFate({ receipt: "delivered", delayMs: 50 });
    const hooks = ["SMS", "Voice"].map((deliveryChannel) =>
      hookBody({ messageProfile: { deliveryChannel } }),
    );
    const ids = (await Promise.all(hooks.map((body) => app.post(body)))).map(
      ({ judged }) => judged.transactionId,
    );
    const sent = app.eightByEight.receipts;
    await until(() => sent.length === 3);
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
    const receipts = await receiptEvents();
    const states = ids.map((id) =>
      receipts.filter(({ providerId }) => providerId === id).map(({ state }) => state),
    );
    expect(states.map((of) => of.toSorted())).toEqual([["delivered", "sent"], ["completed"]]);
    expect(
      receipts.filter(({ channel }) => channel === "sms").map((receipt) => receipt["eventId"]),
    ).toEqual(Array(2).fill("uS5871kJThSsU8qlA1LTcg"));
  });

  test("the receipt route answers each unreadable receipt with 200, and sends an event about it", async () => {
    await start();
    const bodies: [object | string, string][] = [
      ["<root/>", "not-json"],
      ["", "not-json"],
      [{ ...sms(), eventType: "link_clicked" }, "unknown-event-type"],
      [sms("sent", { umid: "7" }), "wrong-shape"],
      [sms("sent", { source: "x".repeat(64 * 1024) }), "too-large"],
    ];
    for (const [body] of bodies) expect(await app.postReceipt(body)).toBe(200);
    expect(await app.postReceipt(sms(), { "content-type": "text/xml" })).toBe(200);
    const events = await receiptEvents();
    expect(events.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ...bodies.map(([, reason]) => ["malformed", reason]),
      [undefined, undefined],
    ]);
    expect(events[3]).toMatchObject({ invalidPaths: "payload.umid" });
  });

  test("the receipt route answers an inbound SMS with 200, and sends no event", async () => {
    await start();
    expect(await app.postReceipt({ ...sms(), eventType: "inbound_message_received" })).toBe(200);
    expect(await receiptEvents()).toEqual([]);
  });
});

describe("the caller of a receipt", () => {
  test("without the secret, the receipt route answers 401 before it checks the body", async () => {
    await start();
    const callers = [
      undefined,
      "",
      "Bearer ",
      "Bearer another",
      receiptSecret.slice(1),
      `Basic ${receiptSecret}`,
    ];
    for (const authorization of callers)
      expect(await app.postReceipt("{", { authorization })).toBe(401);
    expect(await app.postReceipt("x".repeat(70_000), { authorization: "another" })).toBe(401);
    const events = await receiptEvents();
    expect(events.map(({ outcome }) => outcome)).toEqual(
      Array(callers.length + 1).fill("unauthenticated"),
    );
    expect(events.slice(0, 4).map(({ reason }) => reason)).toEqual([
      ...["no-header", "no-header", "wrong-secret", "wrong-secret"],
    ]);
    expect(azure.ingestion.events("otp-delivery")).toEqual([]);
  });

  test("the receipt route accepts the two newest secrets, with or without Bearer before the secret", async () => {
    await start({}, ["newest", "second", "third"]);
    const statuses = [];
    for (const authorization of [
      "newest",
      "Bearer newest",
      "bearer second",
      "third",
      "Bearer third",
    ])
      statuses.push(await app.postReceipt(sms(), { authorization }));
    expect(statuses).toEqual([200, 200, 200, 401, 401]);
  });

  test("the receipt route refuses the hook secret, and the hook refuses the receipt secret", async () => {
    await start();
    expect(await app.postReceipt(sms(), { authorization: "the-hook-secret-of-the-tests" })).toBe(
      401,
    );
    expect((await app.post(hookBody(), { authorization: receiptSecret })).status).toBe(401);
  });
});

describe("the receipt route", () => {
  const health = async () => (await fetch(`${app.url}/api/health`)).json();

  test("if the vault has no receipt secret, the receipt route answers 404, and the app logs no warning", async () => {
    await start({}, []);
    for (const authorization of [undefined, "Bearer anything"])
      expect(await app.postReceipt(sms(), { authorization })).toBe(404);
    expect(await health()).toEqual({ status: "healthy" });
    expect((await app.post(hookBody())).status).toBe(200);
    const reads = azure.vault.requests.filter(
      ({ path, authorized }) => authorized && path.includes("receipt-secret"),
    );
    expect(reads).toHaveLength(1);
    expect(await receiptEvents()).toEqual([]);
    expect(app.output()).not.toContain("Warning");
  });

  test("the receipt route answers 503 until the app has read the vault", async () => {
    azure.vault.fail("denied");
    await start();
    expect(await app.postReceipt(sms())).toBe(503);
    azure.vault.recover();
    await app.passing(until(async () => (await app.postReceipt(sms())) === 200));
    expect((await app.post(hookBody())).status).toBe(200);
    expect((await receiptEvents())[0]).toMatchObject({
      outcome: "unavailable",
      reason: "secrets-not-loaded",
    });
  });

  test("while the vault hangs, the receipt route answers a wrong secret after exactly 2,000 ms", async () => {
    await start();
    expect(await app.postReceipt(sms())).toBe(200);
    azure.vault.fail("hang");
    // Before the app refuses a secret, it waits for a new read of the vault.
    const asked = azure.vault.requests.length;
    const answer = app.postReceipt(sms(), { authorization: "Bearer unknown" });
    await until(() => azure.vault.requests.length > asked);
    await expectSettledAt(app.clock, answer, 2_000);
    expect(await answer).toBe(401);
  });

  test("the receipt route answers 503 if settings are invalid", async () => {
    await start({ HOOK_BUDGET_MS: "x" });
    expect(await app.postReceipt(sms())).toBe(503);
    expect(await receiptEvents()).toMatchObject([
      { outcome: "unavailable", reason: "invalid-settings" },
    ]);
  });
});
