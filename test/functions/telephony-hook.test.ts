import { hookSecret, startApp, type App } from "../app.ts";
import { expectSettledAt } from "../worker/clock.ts";
import { until } from "../until.ts";
import { hookBody, type HookChanges } from "../../tools/sandbox/okta.ts";

const voice = { deliveryChannel: "Voice", msgTemplate: undefined };
const withProfile = (messageProfile: HookChanges["messageProfile"] = {}) =>
  hookBody({ messageProfile });

describe("common settings", () => {
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

  test("the hook sends the tutorial's example by SMS and answers SUCCESSFUL with 8x8's id", async () => {
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

  test("the hook sends a voice request as a call and answers SUCCESSFUL with an id", async () => {
    const { status, judged } = await app.post(withProfile({ ...voice, otpCode: "012345" }));
    expect([status, judged.answer]).toEqual([200, "successful"]);
    expect(judged.transactionId).toEqual(expect.any(String));
    expect(app.eightByEight.messages).toMatchObject([
      {
        channel: "voice",
        destination: "+19876543210",
        text: "Your verification code is, 0, 1, 2, 3, 4, 5.",
      },
    ]);
  });

  test("without the secret, the hook answers 401 before it checks the body's size or type", async () => {
    for (const authorization of [undefined, "another-secret"]) {
      const headers = { authorization, "content-type": "text/plain" };
      for (const body of [hookBody(), "x".repeat(70_000)])
        expect(await app.post(body, headers)).toMatchObject({
          status: 401,
          judged: { answer: "error" },
        });
    }
    expect(app.eightByEight.requests).toEqual([]);
  });

  test.each<[string, object | string, number, Record<string, string | undefined>]>([
    ["not JSON", '{"data":', 400, {}],
    ["too large", hookBody({ envelope: { padding: "x".repeat(64 * 1024) } }), 413, {}],
    ["declared as text", hookBody(), 415, { "content-type": "text/plain" }],
    ["not declared as JSON", hookBody(), 415, { "content-type": undefined }],
  ])("the hook answers an error if the body is %s", async (_, body, expected, headers) => {
    const { status, judged } = await app.post(body, headers);
    expect([status, judged.answer]).toEqual([expected, "error"]);
    expect(app.eightByEight.requests).toEqual([]);
  });

  test("if a value is wrong, the hook answers 400 with the path of the value, but not with the value", async () => {
    const { text } = await app.post(withProfile({ deliveryChannel: "PIGEON" }));
    const errorCauses = [{ location: "data.messageProfile.deliveryChannel" }];
    expect(JSON.parse(text)).toMatchObject({ error: { errorCauses } });
    expect(text).not.toMatch(/PIGEON|9876543210/);
    expect(app.eightByEight.requests).toEqual([]);
  });

  test("the hook accepts a request with a media type in capitals, a character set and unknown fields", async () => {
    const headers = { "content-type": "Application/JSON; charset=UTF-8" };
    expect((await app.post(hookBody({ envelope: { novelty: [1] } }), headers)).judged.answer).toBe(
      "successful",
    );
  });

  test("the hook answers a refused request with FAILED and the reason, and sends nothing", async () => {
    const { status, judged, text } = await app.post(withProfile({ phoneNumber: "+1202555" }));
    expect([status, judged.answer]).toEqual([200, "failed"]);
    expect(JSON.parse(text)).toMatchObject({
      debugContext: { outcome: "refused", reason: "impossible-number" },
    });
    expect(app.eightByEight.requests).toEqual([]);
  });

  test("if 8x8 hangs, the hook answers FAILED with the reason deadline after exactly 2,500 ms", async () => {
    app.eightByEight.fail("sms", { fault: "hang" });
    const answer = app.post(hookBody());
    await until(() => app.eightByEight.requests.length === 1);
    await expectSettledAt(app.clock, answer, 2_500);
    const { status, judged } = await answer;
    expect([status, judged.answer, judged.reason]).toEqual([200, "failed", "deadline"]);
    expect(app.eightByEight.requests).toHaveLength(1);
  });

  test("if a code has just expired, the hook sends it without its expiry", async () => {
    for (const deliveryChannel of ["SMS", "voice"]) {
      const otpExpires = new Date(app.clock.now() - 30_000).toISOString();
      const { judged } = await app.post(withProfile({ otpExpires, deliveryChannel }));
      expect(judged.answer).toBe("successful");
    }
    expect(JSON.stringify(app.eightByEight.requests.map(({ body }) => body))).not.toMatch(
      /expiry|validUntil/,
    );
  });
});

describe("other settings", () => {
  test("in record mode, the hook sends a code to a blocked country", async () => {
    const settings = { PHONE_POLICY_BLOCKED_COUNTRIES: "DE", PHONE_POLICY_MODE: "record" };
    const app = await startApp(settings);
    try {
      const { judged } = await app.post(withProfile({ phoneNumber: "+4915112345678" }));
      expect([judged.answer, app.eightByEight.messages.length]).toEqual(["successful", 1]);
    } finally {
      await app.stop();
    }
  });

  test("if 8x8 hangs, the hook answers after HOOK_BUDGET_MS", async () => {
    const app = await startApp({ HOOK_BUDGET_MS: "1200" });
    try {
      app.eightByEight.fail("sms", { fault: "hang" });
      const answer = app.post(hookBody());
      await until(() => app.eightByEight.requests.length === 1);
      await expectSettledAt(app.clock, answer, 1_200);
    } finally {
      await app.stop();
    }
  });

  test("the hook answers 503 if 8x8 is unreachable", async () => {
    const app = await startApp({ EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:9" });
    try {
      const { status, judged } = await app.passing(app.post(hookBody()));
      expect([status, judged.answer]).toEqual([503, "error"]);
      expect(app.eightByEight.requests).toEqual([]);
    } finally {
      await app.stop();
    }
  });

  test("the hook accepts the secret in another header, and health names an unknown setting", async () => {
    const app = await startApp({
      OKTA_AUTH_HEADER: "X-Telephony-Key",
      PHONE_POLICY_ALOWED_COUNTRIES: "DE",
    });
    try {
      const headers = { authorization: undefined, "x-telephony-key": hookSecret };
      expect((await app.post(hookBody(), headers)).judged.answer).toBe("successful");
      expect((await app.post(hookBody())).status).toBe(401);
      const health = await fetch(`${app.url}/api/health`);
      expect([health.status, await health.json()]).toEqual([
        200,
        { status: "healthy", unknown: ["PHONE_POLICY_ALOWED_COUNTRIES"] },
      ]);
    } finally {
      await app.stop();
    }
  });
});
