import openApiExample from "../fixtures/okta/openapi-example.json" with { type: "json" };
import smsPreview from "../fixtures/okta/sms-preview.json" with { type: "json" };
import voicePreview from "../fixtures/okta/voice-preview.json" with { type: "json" };
import { startApp, startProcess, type App } from "../app.ts";
import type { Fault } from "../../sandbox/8x8.ts";
import { hookBody, type HookChanges } from "../../sandbox/okta.ts";

const voice = { deliveryChannel: "Voice", msgTemplate: undefined };
const withProfile = (messageProfile: HookChanges["messageProfile"] = {}) => hookBody({ messageProfile });

describe("a hook, with the settings that most have", () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    app.eightByEight.recover();
    app.eightByEight.requests.length = 0;
    app.eightByEight.messages.length = 0;
  });

  test("the tutorial's example request is sent as it is by SMS, and answered SUCCESSFUL with 8x8's id", async () => {
    const { status, judged } = await app.post(hookBody());
    expect([status, judged.answer]).toEqual([200, "successful"]);
    expect(judged.transactionId).toMatch(/^[\da-f-]{36}$/);
    expect(app.eightByEight.messages).toMatchObject([
      { channel: "sms", destination: "+19876543210", text: "(HOOK)Your code is 11111" },
    ]);
    expect(app.eightByEight.requests[0]?.body).toMatchObject({
      encoding: "AUTO",
      clientMessageId: "uS5871kJThSsU8qlA1LTcg",
    });
  });

  test("a voice request is a call, and answered SUCCESSFUL with 8x8's session", async () => {
    const { status, judged } = await app.post(withProfile({ ...voice, otpCode: "012345" }));
    expect([status, judged.answer]).toEqual([200, "successful"]);
    expect(judged.transactionId).toEqual(expect.any(String));
    expect(app.eightByEight.messages).toMatchObject([
      { channel: "voice", destination: "+19876543210", text: "Your verification code is, 0, 1, 2, 3, 4, 5." },
    ]);
  });

  test.each([
    ["Okta's SMS preview", smsPreview, "sms"],
    ["8x8's voice preview", voicePreview, "voice"],
    ["Okta's OpenAPI example", openApiExample, "sms"],
  ])("%s, as published but for its expiry, is delivered", async (_, published, channel) => {
    const body = structuredClone(published) as { data: { messageProfile: { otpExpires?: string } } };
    body.data.messageProfile.otpExpires = new Date(Date.now() + 300_000).toISOString();
    expect((await app.post(body)).judged.answer).toBe("successful");
    expect(app.eightByEight.messages).toMatchObject([{ channel, destination: "+19876543210" }]);
  });

  describe("is unauthenticated: 401, and nothing is sent", () => {
    test.each([
      ["without a header", undefined],
      ["with a wrong secret", "another-secret"],
    ])("%s", async (_, authorization) => {
      const { status, judged, text } = await app.post(hookBody(), { authorization });
      expect([status, judged.answer]).toEqual([401, "error"]);
      expect(text).not.toContain("HOOK");
      expect(app.eightByEight.requests).toEqual([]);
    });

    test("before its size or its type is looked at", async () => {
      const { status } = await app.post("x".repeat(70_000), {
        authorization: "another",
        "content-type": "text/plain",
      });
      expect(status).toBe(401);
    });
  });

  describe("is malformed: the answer names the paths, and nothing is sent", () => {
    test.each<[string, object | string, number, string | undefined]>([
      ["not JSON", '{"data":', 400, undefined],
      [
        "for an unknown channel",
        withProfile({ deliveryChannel: "PIGEON" }),
        400,
        "data.messageProfile.deliveryChannel",
      ],
      ["too large", hookBody({ envelope: { padding: "x".repeat(64 * 1024) } }), 413, undefined],
    ])("%s", async (_, body, expected, path) => {
      const { status, judged, text } = await app.post(body);
      expect([status, judged.answer]).toEqual([expected, "error"]);
      if (path !== undefined) expect(JSON.parse(text)).toMatchObject({ error: { errorCauses: [{ location: path }] } });
      for (const value of ["PIGEON", "9876543210"]) expect(text).not.toContain(value);
      expect(app.eightByEight.requests).toEqual([]);
    });

    test.each(["text/plain", undefined])("declared as %s", async (type) => {
      const { status, judged } = await app.post(hookBody(), { "content-type": type });
      expect([status, judged.answer]).toEqual([415, "error"]);
      expect(app.eightByEight.requests).toEqual([]);
    });

    test("but not for a character set, or for fields that nobody knows", async () => {
      const { judged } = await app.post(hookBody({ envelope: { novelty: [1] } }), {
        "content-type": "application/json; charset=UTF-8",
      });
      expect(judged.answer).toBe("successful");
    });
  });

  test("is refused: FAILED with our reason, and nothing is sent", async () => {
    const { status, judged, text } = await app.post(withProfile({ phoneNumber: "+1202555" }));
    expect([status, judged.answer]).toEqual([200, "failed"]);
    expect(JSON.parse(text)).toMatchObject({ debugContext: { outcome: "refused", reason: "impossible-number" } });
    expect(app.eightByEight.requests).toEqual([]);
  });

  test.each<[string, Fault, string, string]>([
    ["says REJECTED in a 200", { fault: "rejected" }, "rejected", "invalid-number"],
    ["gives a 401", { fault: "401" }, "rejected", "key-rejected"],
    ["hangs", { fault: "hang" }, "unconfirmed", "deadline"],
    ["answers 200 in another shape", { fault: "wrong-shape" }, "unconfirmed", "unreadable-answer"],
  ])("FAILED within the budget where 8x8 %s", async (_, fault, outcome, reason) => {
    app.eightByEight.fail(fault);
    const { status, judged, text } = await app.passing(app.post(hookBody()));
    expect([status, judged.answer]).toEqual([200, "failed"]);
    expect(JSON.parse(text)).toMatchObject({ debugContext: { outcome, reason } });
    expect(app.eightByEight.requests).toHaveLength(1);
  });

  test.each<[string, Fault, number]>([
    ["500", { fault: "500" }, 1],
    ["503, twice", { fault: "503" }, 2],
  ])("503 where 8x8 answers %s", async (_, fault, requests) => {
    app.eightByEight.fail(fault);
    const { status, judged } = await app.post(hookBody());
    expect([status, judged.answer]).toEqual([503, "error"]);
    expect(app.eightByEight.requests).toHaveLength(requests);
    expect(app.eightByEight.messages).toEqual([]);
  });

  test("a retry, and SUCCESSFUL, after one 503", async () => {
    app.eightByEight.fail({ fault: "503" }, 1);
    const { judged } = await app.post(hookBody());
    expect(judged.answer).toBe("successful");
    expect(app.eightByEight.messages).toHaveLength(1);
  });

  test("a template without the code gives way to our own sentence", async () => {
    const profile = { msgTemplate: "Your code is 000000", otpCode: "123456", locale: "de-DE" };
    expect((await app.post(withProfile(profile))).judged.answer).toBe("successful");
    expect(app.eightByEight.messages.at(-1)?.text).toBe("Ihr Bestätigungscode lautet 123456");
  });

  test("a code that expired a moment ago by our clock is sent, without an expiry that 8x8 would refuse", async () => {
    for (const deliveryChannel of ["SMS", "voice"]) {
      const otpExpires = new Date(app.clock.now() - 30_000).toISOString();
      const { judged } = await app.post(withProfile({ otpExpires, deliveryChannel }));
      expect(judged.answer).toBe("successful");
    }
    expect(JSON.stringify(app.eightByEight.requests.map(({ body }) => body))).not.toMatch(/expiry|validUntil/);
  });

  test("an id of 8x8's that is no UUID goes no further: Okta's own is the transaction's", async () => {
    app.eightByEight.fail({ fault: "odd-id" }, 1);
    const { text, judged } = await app.post(hookBody({ envelope: { eventId: "uS5871kJThSsU8qlA1LTcg" } }));
    expect(judged).toMatchObject({ answer: "successful", transactionId: "uS5871kJThSsU8qlA1LTcg" });
    expect(text).not.toContain("sms-");
  });

  test("health is 200, and says no more than that", async () => {
    const response = await fetch(`${app.url}/api/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "healthy" }]);
  });
});

interface With {
  readonly fault?: Fault;
  readonly start?: typeof startApp | typeof startProcess;
}

describe("a hook, where the operator chose otherwise", () => {
  async function answerWith(settings: Record<string, string>, body: object, { fault, start = startApp }: With = {}) {
    const app = await start(settings);
    try {
      if (fault !== undefined) app.eightByEight.fail(fault);
      const answer = await app.post(body);
      const health = await fetch(`${app.url}/api/health`);
      return {
        ...answer,
        sent: app.eightByEight.requests.length,
        log: app.output(),
        health: await health.text(),
      };
    } finally {
      await app.stop();
    }
  }
  const german = withProfile({ phoneNumber: "+4915112345678" });

  test.each([
    ["a country that is blocked", { PHONE_POLICY_BLOCKED_COUNTRIES: "DE" }, german, "country-blocked"],
    [
      "voice that is off",
      { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" },
      withProfile(voice),
      "voice-off",
    ],
  ])("%s is refused with FAILED, and nothing is sent", async (_, settings, body, reason) => {
    const { status, judged, text, sent } = await answerWith(settings, body);
    expect([status, judged.answer, sent]).toEqual([200, "failed", 0]);
    expect(JSON.parse(text)).toMatchObject({ debugContext: { outcome: "refused", reason } });
  });

  test("what looks like abuse is answered SUCCESSFUL under suppression, and nothing is sent", async () => {
    const settings = { PHONE_POLICY_BLOCKED_COUNTRIES: "DE", REFUSED_ANSWER: "suppress" };
    const { judged, sent } = await answerWith(settings, german);
    expect([judged.answer, sent]).toEqual(["successful", 0]);
  });

  test("what the country lists would refuse is sent in record mode", async () => {
    const settings = { PHONE_POLICY_BLOCKED_COUNTRIES: "DE", PHONE_POLICY_MODE: "record" };
    const { judged, sent } = await answerWith(settings, german);
    expect([judged.answer, sent]).toEqual(["successful", 1]);
  });

  test("an unconfirmed code is answered PENDING for an operator who prefers one message", async () => {
    const { judged, sent } = await answerWith({ UNCONFIRMED_ANSWER: "pending" }, hookBody(), {
      fault: { fault: "reset" },
    });
    expect([judged.answer, sent]).toEqual(["pending", 1]);
  });

  test("8x8 out of reach is 503", async () => {
    const { status, judged, sent } = await answerWith({ EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:9" }, hookBody());
    expect([status, judged.answer, sent]).toEqual([503, "error", 0]);
  });

  test("wrong settings are 503 for all, and named in the log and by health, never with their values", async () => {
    const settings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "", HOOK_BUDGET_MS: "60000", OKTA_AUTH_HEADER: "no header" };
    const unknown = { PHONE_POLICY_ALOWED_COUNTRIES: "DE" };
    const asProcess = { start: startProcess };
    const { status, judged, sent, log, health } = await answerWith({ ...settings, ...unknown }, hookBody(), asProcess);
    expect([status, judged.answer, sent]).toEqual([503, "error", 0]);
    // The host takes a line for a warning by this word.
    expect(log).toMatch(/^Warning: Setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT is missing\.$/m);
    expect(log).toMatch(/^Warning: Setting HOOK_BUDGET_MS is not a whole number from 500 to 2700\.$/m);
    expect(log).toMatch(/^Warning: There is no setting PHONE_POLICY_ALOWED_COUNTRIES/m);
    expect(JSON.parse(health)).toMatchObject({
      unknown: ["PHONE_POLICY_ALOWED_COUNTRIES"],
      missing: ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT"],
      wrong: ["OKTA_AUTH_HEADER", "HOOK_BUDGET_MS"],
    });
    expect(log + health).not.toMatch(/60000|no header/);
  });

  test("a setting that does not exist is named by health, and every hook is answered", async () => {
    const { judged, health } = await answerWith({ PHONE_POLICY_ALOWED_COUNTRIES: "DE" }, hookBody());
    expect(judged.answer).toBe("successful");
    expect(JSON.parse(health)).toEqual({ status: "healthy", unknown: ["PHONE_POLICY_ALOWED_COUNTRIES"] });
  });

  test("the secret can come in a header of another name", async () => {
    const app = await startApp({ OKTA_AUTH_HEADER: "X-Telephony-Key" });
    try {
      const headers = { authorization: undefined, "x-telephony-key": "the-hook-secret-of-the-tests" };
      expect((await app.post(hookBody(), headers)).judged.answer).toBe("successful");
      expect((await app.post(hookBody())).status).toBe(401);
    } finally {
      await app.stop();
    }
  });
});
