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

  test.each(["SMS", "sms", " Sms ", "CALL", "voice call", "VOICE_CALL", "Voice"])(
    "%s is a channel",
    async (spelling) => {
      const { judged } = await app.post(withProfile({ deliveryChannel: spelling }));
      expect(judged.answer).toBe("successful");
      expect(app.eightByEight.messages[0]?.channel).toBe(/sms/i.test(spelling) ? "sms" : "voice");
    },
  );

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

  test("the end user's address goes to 8x8 where it is public, and nowhere where it is not", async () => {
    await app.post(hookBody({ request: { ipAddress: "9.9.9.9" } }));
    await app.post(hookBody({ request: { ipAddress: "10.1.2.3" } }));
    expect(app.eightByEight.requests.map(({ body }) => (body as { clientIp?: string }).clientIp)).toEqual([
      "9.9.9.9",
      undefined,
    ]);
  });

  describe("is unauthenticated: 401, and nothing is sent", () => {
    test.each([
      ["without a header", undefined],
      ["with an empty header", ""],
      ["with a wrong secret", "another-secret"],
      ["with the beginning of the secret", "the-hook"],
      ["with the secret and more", "the-hook-secret-of-the-tests-and-more"],
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
      ["not an object", "[]", 400, "body"],
      ["empty", "", 400, undefined],
      [
        "of another event type",
        hookBody({ envelope: { eventType: "com.okta.saml.tokens.transform" } }),
        400,
        "eventType",
      ],
      ["without a number", withProfile({ phoneNumber: undefined }), 400, "data.messageProfile.phoneNumber"],
      [
        "for an unknown channel",
        withProfile({ deliveryChannel: "PIGEON" }),
        400,
        "data.messageProfile.deliveryChannel",
      ],
      ["with a code of letters", withProfile({ otpCode: "ABCDEF" }), 400, "data.messageProfile.otpCode"],
      ["with a code of 3 digits", withProfile({ otpCode: "123" }), 400, "data.messageProfile.otpCode"],
      ["with a code of 11 digits", withProfile({ otpCode: "12345678901" }), 400, "data.messageProfile.otpCode"],
      ["too large", hookBody({ envelope: { padding: "x".repeat(64 * 1024) } }), 413, undefined],
    ])("%s", async (_, body, expected, path) => {
      const { status, judged, text } = await app.post(body);
      expect([status, judged.answer]).toEqual([expected, "error"]);
      if (path !== undefined) expect(JSON.parse(text)).toMatchObject({ error: { errorCauses: [{ location: path }] } });
      for (const value of ["PIGEON", "ABCDEF", "12345678901", "9876543210"]) expect(text).not.toContain(value);
      expect(app.eightByEight.requests).toEqual([]);
    });

    test.each(["text/plain", "application/x-www-form-urlencoded", undefined])("declared as %s", async (type) => {
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

  describe("is refused: FAILED with our reason, and nothing is sent", () => {
    test.each([
      ["an impossible number", { phoneNumber: "+1202555" }, "impossible-number"],
      ["a country that does not exist", { phoneNumber: "+9991234567" }, "impossible-number"],
      ["a number with an extension", { phoneNumber: "+12025550123 ext. 9" }, "number-with-extension"],
      ["an expired code, such as an old preview request's", { otpExpires: "2022-01-28T21:48:34.321Z" }, "expired-code"],
    ])("%s", async (_, profile, reason) => {
      const { status, judged, text } = await app.post(withProfile(profile));
      expect([status, judged.answer]).toEqual([200, "failed"]);
      expect(JSON.parse(text)).toMatchObject({ debugContext: { outcome: "refused", reason } });
      expect(app.eightByEight.requests).toEqual([]);
    });
  });

  describe.each<["sms" | "voice", Record<string, unknown>]>([
    ["sms", {}],
    ["voice", voice],
  ])("by %s", (channel, profile) => {
    test.each<[string, Fault, string, string]>([
      ["says REJECTED or NOT_CREATED in a 200", { fault: "rejected" }, "rejected", "invalid-"],
      ["gives a 401", { fault: "401" }, "rejected", "key-rejected"],
      ["gives a 403", { fault: "403" }, "rejected", "forbidden"],
      ["gives a 426", { fault: "426" }, "rejected", "insecure-protocol"],
      [
        "gives a no with a code",
        { fault: "not-created", ...(channel === "voice" && { statusCode: -1017 }) },
        "rejected",
        "",
      ],
      ["hangs", { fault: "hang" }, "unconfirmed", "deadline"],
      ["trickles", { fault: "trickle" }, "unconfirmed", "deadline"],
      ["never stops talking", { fault: "endless" }, "unconfirmed", ""],
      ["cuts the connection", { fault: "reset" }, "unconfirmed", "connection-cut"],
      ["answers 200 with half a JSON", { fault: "garbage" }, "unconfirmed", "unreadable-answer"],
      ["answers 200 in another shape", { fault: "wrong-shape" }, "unconfirmed", "unreadable-answer"],
    ])("FAILED within the budget where 8x8 %s", async (_, fault, outcome, reason) => {
      app.eightByEight.fail(fault);
      const { status, judged, text } = await app.passing(app.post(withProfile(profile)));
      expect([status, judged.answer]).toEqual([200, "failed"]);
      expect(JSON.parse(text)).toMatchObject({
        debugContext: { outcome, reason: expect.stringContaining(reason) as string },
      });
      expect(app.eightByEight.requests).toHaveLength(1);
    });

    test.each<[string, Fault, number]>([
      ["429 without Retry-After", { fault: "429" }, 1],
      ["429 with a Retry-After that does not fit", { fault: "429", retryAfter: 60 }, 1],
      ["429 with one that fits, twice", { fault: "429", retryAfter: 0 }, 2],
      ["500", { fault: "500" }, 1],
      ["503, twice", { fault: "503" }, 2],
      ["502 in HTML", { fault: "html-502" }, 1],
      ["a redirect, which is not followed", { fault: "302", location: "/api/v1/subaccounts/test_sms/messages" }, 1],
    ])("503 where 8x8 answers %s", async (_, fault, requests) => {
      app.eightByEight.fail(fault);
      const { status, judged } = await app.post(withProfile(profile));
      expect([status, judged.answer]).toEqual([503, "error"]);
      expect(app.eightByEight.requests).toHaveLength(requests);
      expect(app.eightByEight.messages).toEqual([]);
    });

    test.each<[string, Fault]>([
      ["503", { fault: "503" }],
      ["429 with a Retry-After that fits", { fault: "429", retryAfter: 0 }],
    ])("a retry, and SUCCESSFUL, after one %s", async (_, fault) => {
      app.eightByEight.fail(fault, 1);
      const { judged } = await app.post(withProfile(profile));
      expect(judged.answer).toBe("successful");
      expect(app.eightByEight.messages).toHaveLength(1);
    });
  });

  test("200 hooks at once are all answered while 8x8 hangs, none as sent, and the next one is served", async () => {
    app.eightByEight.fail({ fault: "hang" });
    const answers = await app.passing(Promise.all(Array.from({ length: 200 }, () => app.post(hookBody()))));
    // Where the machine is busy, the deadline of some passes before they are written: 503.
    expect(answers.filter(({ judged }) => judged.answer !== "failed" && judged.answer !== "error")).toEqual([]);
    expect(answers.filter(({ judged }) => !judged.contractKept)).toEqual([]);
    app.eightByEight.recover();
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
  });

  test.each(["Your code is ${code}", "Your code is 000000", "https://example.com/"])(
    "a template without the code gives way to our own sentence: %s",
    async (msgTemplate) => {
      const { judged } = await app.post(withProfile({ msgTemplate, otpCode: "123456", locale: "de-DE" }));
      expect(judged.answer).toBe("successful");
      expect(app.eightByEight.messages.at(-1)?.text).toBe("Ihr Bestätigungscode lautet 123456");
    },
  );

  test("a code that expired a moment ago by our clock is sent, without an expiry that 8x8 would refuse", async () => {
    for (const deliveryChannel of ["SMS", "voice"]) {
      const otpExpires = new Date(app.clock.now() - 30_000).toISOString();
      const { judged } = await app.post(withProfile({ otpExpires, deliveryChannel }));
      expect(judged.answer).toBe("successful");
    }
  });

  test("fields that only telemetry needs cost nobody his code, however odd", async () => {
    const profile = { otpExpires: 1_900_000_000, locale: ["de"] };
    const body = hookBody({ envelope: { eventId: {} }, messageProfile: { ...profile, phoneNumber: "+12025550123" } });
    expect((await app.post(body)).judged.answer).toBe("successful");
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
    ["a country that is not on the list", { PHONE_POLICY_ALLOWED_COUNTRIES: "US, CA" }, german, "country-not-allowed"],
    ["a country that is blocked", { PHONE_POLICY_BLOCKED_COUNTRIES: "DE" }, german, "country-blocked"],
    [
      "a national number without a default country",
      { PHONE_DEFAULT_COUNTRY: "" },
      withProfile(),
      "national-number-without-default-country",
    ],
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

  test.each([
    ["a country", german],
    ["a premium number", withProfile({ phoneNumber: "+19005550123" })],
    ["a satellite's number", withProfile({ phoneNumber: "+870773111632" })],
  ])("what looks like abuse is answered SUCCESSFUL under suppression, and nothing is sent: %s", async (_, body) => {
    const settings = { PHONE_POLICY_BLOCKED_COUNTRIES: "DE", REFUSED_ANSWER: "suppress" };
    const { judged, sent } = await answerWith(settings, body);
    expect([judged.answer, sent]).toEqual(["successful", 0]);
  });

  test.each([
    ["voice that is off", { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" }, voice],
    ["a national number", { PHONE_DEFAULT_COUNTRY: "" }, { phoneNumber: "2025550123" }],
    ["an extension", {}, { phoneNumber: "+12025550123 ext. 5" }],
    ["an expired code", {}, { otpExpires: new Date(Date.now() - 120_000).toISOString() }],
  ])("%s is FAILED under suppression too, so that somebody sends", async (_, settings, profile) => {
    const { judged } = await answerWith({ ...settings, REFUSED_ANSWER: "suppress" }, withProfile(profile));
    expect(judged.answer).toBe("failed");
  });

  test("a calling code that belongs to no country is served where it is named", async () => {
    const settings = { PHONE_POLICY_ALLOWED_CALLING_CODES: "870", PHONE_POLICY_ALLOWED_COUNTRIES: "US" };
    const { judged, sent } = await answerWith(settings, withProfile({ phoneNumber: "+870773111632" }));
    expect([judged.answer, sent]).toEqual(["successful", 1]);
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
