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

  test("the event route answers Okta's one-time challenge", async () => {
    expect(await okta.verify()).toBe(true);
  });

  test("the event route answers unauthenticated callers with 401, even for the challenge", async () => {
    for (const secret of [undefined, "another-secret", hookSecret]) {
      expect(await oktaWith(secret).verify()).toBe(false);
      expect(await oktaWith(secret).deliver([authenticatedBy("sms")])).toMatchObject([
        { status: 401 },
      ]);
    }
  });

  test("the event route answers a batch with 204, and logs the used code", async () => {
    await sms({ envelope: { requestType: "com.okta.user.telephony.mfa-verification" } });
    const [delivery] = await okta.deliver([authenticatedBy("sms")]);
    expect(delivery).toMatchObject({ status: 204, text: "" });
    expect(app.output()).toMatch(/← outcome: verified · sms · DE · joined · after \d+ s$/m);
  });

  test("the event route answers 400 to a GET without a challenge", async () => {
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

  test("the app counts a batch's malformed events, and reports unauthenticated callers", async () => {
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
      ["malformed", "malformed-events", "2"],
      ["malformed", "unknown-factor", "1"],
      ["unauthenticated", "wrong-secret", undefined],
    ]);
  });

  test("while the vault hangs, the event route answers a wrong secret after exactly 2,500 ms", async () => {
    const { azure, app, okta } = await start(() => ({}));
    expect(statusesOf(await okta.deliver([authenticatedBy("sms")]))).toEqual([204]);
    azure.vault.fail("hang");
    // Before the app refuses a secret, it waits for a new read of the vault.
    const asked = azure.vault.requests.length;
    const answer = fetch(`${app.url}/api/okta/events`, {
      method: "POST",
      headers: { authorization: "a-wrong-secret" },
    });
    await until(() => azure.vault.requests.length > asked);
    await expectSettledAt(app.clock, answer, 2_500);
    expect((await answer).status).toBe(401);
  });

  test("the event route reads 200 events, and reports a batch over 1 MiB as too large", async () => {
    const { okta, stopAndReadEvents } = await start(() => ({}));
    const events = Array.from({ length: 200 }, () =>
      authenticatedBy("sms", { event: { padding: "x".repeat(3_000) } }),
    );
    await okta.deliver(events);
    expect(statusesOf(await okta.deliver([...events, ...events]))).toEqual([204]);
    const outcomes = await stopAndReadEvents("otp-outcome");
    expect(outcomes).toContainEqual(expect.objectContaining({ reason: "too-large" }));
    // The events may arrive twice, because Okta repeats a batch that is not answered within 3 s.
    const used = outcomes.filter(({ outcome }) => outcome === "verified");
    const total = used.reduce((sum, { count = 1 }) => sum + Number(count), 0);
    expect([200, 400]).toContain(total);
    expect(used.length).toBeLessThan(70);
  });
});
