import { authenticatedBy, hookBody, type EventHook } from "../../tools/sandbox/okta.ts";
import { createEventHookOf, hookSecret, startApp, type App } from "../app.ts";
import { until } from "../until.ts";
import { expectSettledAt } from "../worker/clock.ts";
import {
  eventSecret,
  startOutcomes,
  statusesOf,
  type OutcomesInAzure,
} from "./outcomes-in-azure.ts";

let app: App;
let okta: EventHook;
const oktaWith = (secret: string | undefined) => createEventHookOf(app, secret);
const sms = (changes = {}) =>
  app.post(hookBody({ messageProfile: { phoneNumber: "+4915123456789" }, ...changes }));

describe("Okta's events on a laptop", () => {
  beforeAll(async () => {
    app = await startApp({ OKTA_EVENT_SECRET: eventSecret });
    okta = oktaWith(eventSecret);
  });
  afterAll(() => app.stop());

  test("answer the one-time challenge", async () => {
    expect(await okta.verify()).toBe(true);
  });

  test("answer unauthenticated callers with 401, for the challenge too", async () => {
    for (const secret of [undefined, "another-secret", hookSecret]) {
      expect(await oktaWith(secret).verify()).toBe(false);
      expect(await oktaWith(secret).deliver([authenticatedBy("sms")])).toMatchObject([
        { status: 401 },
      ]);
    }
  });

  test("answer a batch with 204 without a body, and report a used code with its request", async () => {
    await sms({ envelope: { requestType: "com.okta.user.telephony.mfa-verification" } });
    const [delivery] = await okta.deliver([authenticatedBy("sms")]);
    expect(delivery).toMatchObject({ status: 204, text: "" });
    expect(app.output()).toMatch(/← outcome: verified · sms · DE · joined · after \d+ s$/m);
  });

  test("answer an unreadable batch with 204, so that Okta does not send it again", async () => {
    const headers = { authorization: eventSecret, "content-type": "application/json" };
    for (const body of ["{", "{}"])
      expect(
        (await fetch(`${app.url}/api/okta/events`, { method: "POST", headers, body })).status,
      ).toBe(204);
  });

  test("answer a GET without a challenge with 400", async () => {
    const answer = await fetch(`${app.url}/api/okta/events`, {
      headers: { authorization: eventSecret },
    });
    expect(answer.status).toBe(400);
  });
});

describe("Okta's events in Azure", () => {
  let running: OutcomesInAzure;
  const start = async (...settings: Parameters<typeof startOutcomes>) =>
    (running = await startOutcomes(...settings));
  afterEach(() => running.stop());

  test("a batch's malformed events are counted, and unauthenticated callers are reported", async () => {
    const { okta, oktaWith, stopAndReadEvents } = await start(() => ({}));
    const unknown = authenticatedBy("sms", {
      debugData: { factor: "CELLULAR" },
      event: { target: null },
    });
    await okta.deliver([7, authenticatedBy("sms", { event: { uuid: 7 } }), unknown]);
    await oktaWith("a-wrong-secret").deliver([]);
    const reports = (await stopAndReadEvents("otp-outcome")).map(({ outcome, reason, count }) => [
      outcome,
      reason,
      count,
    ]);
    expect(reports.sort()).toEqual([
      ["malformed", "unknown-factor", "1"],
      ["malformed", "wrong-events", "2"],
      ["unauthenticated", "wrong-secret", undefined],
    ]);
  });

  test("a wrong secret is answered with 401 after 2,500 ms while the vault hangs", async () => {
    const { azure, app, okta } = await start(() => ({}));
    expect(statusesOf(await okta.deliver([authenticatedBy("sms")]))).toEqual([204]);
    azure.vault.fail("hang");
    // A secret that the app does not know waits for a reload.
    const asked = azure.vault.requests.length;
    const answer = fetch(`${app.url}/api/okta/events`, {
      method: "POST",
      headers: { authorization: "a-wrong-secret" },
    });
    await until(() => azure.vault.requests.length > asked);
    await expectSettledAt(app.clock, answer, 2_500);
    expect((await answer).status).toBe(401);
  });

  test("a batch of 200 events is read, and one over 1 MiB gets 204 and is reported as too large", async () => {
    const { okta, stopAndReadEvents } = await start(() => ({}));
    const events = Array.from({ length: 200 }, () =>
      authenticatedBy("sms", { event: { padding: "x".repeat(3_000) } }),
    );
    await okta.deliver(events);
    expect(statusesOf(await okta.deliver([...events, ...events]))).toEqual([204]);
    const outcomes = await stopAndReadEvents("otp-outcome");
    // Okta repeats a batch without an answer within 3 s.
    expect(new Set(outcomes.map(({ oktaEventId }) => oktaEventId)).size).toBe(201);
    expect(outcomes.at(-1)).toMatchObject({ outcome: "malformed", reason: "too-large" });
  });
});
