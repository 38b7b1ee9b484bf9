import type { Fault } from "../../tools/sandbox/8x8.ts";
import { hookAnswer, type Behaviour } from "../../tools/sandbox/second-hook.ts";
import { until } from "../until.ts";
import { expectSettledAt, passing, slow } from "../worker/clock.ts";
import { call, code, startTwo, type TwoProviders } from "./two-providers.ts";

let two: TwoProviders;
afterEach(() => two.close());

/** The first provider of a code answers at once, or hangs until its share of the budget ends. */
const send = async (body = code(), hangs?: { readonly shareMs: number }) => {
  const posted = two.app.post(body);
  if (hangs !== undefined) {
    await until(() => two.asked(false).length === 1);
    // The other provider answers in real time, so a busy machine cannot make its answer late.
    two.app.clock.turn(hangs.shareMs);
  }
  const { status, judged, text } = await posted;
  const { commands, debugContext } = JSON.parse(text) as {
    commands?: [{ value: [{ provider: string; transactionId?: string }] }];
    debugContext?: { outcome: string; reason?: string; otherReason?: string };
  };
  const { provider, transactionId } = commands?.[0].value[0] ?? {};
  return { status, answer: judged.answer, provider, transactionId, ...debugContext };
};

describe("8x8 first", () => {
  beforeEach(async () => {
    two = await startTwo();
  });

  test("the second hook gets no code that 8x8 accepts", async () => {
    expect(await send()).toMatchObject({ answer: "successful", provider: "8x8" });
    expect(await send(code({ messageProfile: call }))).toMatchObject({ provider: "8x8" });
    expect(two.asked()).toEqual(["8x8", "8x8"]);
  });

  // outages.test.ts has the other faults.
  test.each<[Fault, string]>([
    [{ fault: "429", retryAfter: 1 }, "rate-limited"],
    [{ fault: "hang" }, "deadline"],
    [{ fault: "not-created", statusCode: 1005, status: 400 }, "invalid-sender"],
    [{ fault: "rejected", description: "Insufficient credit" }, "no-credit"],
  ])("the second hook sends an SMS after 8x8's fault %j", async (fault, otherReason) => {
    two.app.eightByEight.fail("sms", fault);
    const hangs = fault.fault === "hang" ? { shareMs: 1_375 } : undefined;
    const { transactionId, ...answered } = await send(code(), hangs);
    expect(answered).toMatchObject({ answer: "successful", provider: "second-hook", otherReason });
    // 8x8 gets no second attempt.
    expect(two.asked()).toEqual(["8x8", "second-hook"]);
    expect(two.second.messages).toMatchObject([{ channel: "sms", destination: "+4915123456789" }]);
    expect(transactionId).toMatch(/^uS5871kJThSsU8/);
  });

  test.each<[string, Fault]>([
    ["invalid-number", { fault: "not-created", statusCode: 1002, status: 400 }],
    ["expired-at-provider", { fault: "not-created", statusCode: 1006, status: 400 }],
    ["resend-interval", { fault: "not-created", statusCode: 1400, status: 400 }],
  ])("the second hook gets no code that 8x8 rejects with %s", async (reason, fault) => {
    two.app.eightByEight.fail("sms", fault);
    expect(await send()).toMatchObject({ answer: "failed", outcome: "rejected", reason });
    expect(two.asked()).toEqual(["8x8"]);
  });

  test.each<[Behaviour, object]>([
    [{ status: 500 }, { status: 503 }],
    // A second hook may have sent the code before its 503, so there is no second attempt.
    [{ status: 503 }, { status: 503 }],
    [{ body: hookAnswer("FAILED") }, { status: 503 }],
    [{ status: 401 }, { status: 503 }],
    // The code may still arrive, so UNCONFIRMED_ANSWER decides the answer.
    [{ instead: "reset" }, { answer: "failed", outcome: "unconfirmed", provider: "second-hook" }],
    [{ status: 201 }, { answer: "failed", outcome: "unconfirmed", otherReason: "provider-error" }],
  ])(
    "if 8x8 fails and the second hook has the reply %j, the answer is %j",
    async (behaviour, expected) => {
      two.app.eightByEight.fail("sms", { fault: "503" });
      two.second.behave(behaviour);
      expect(await send()).toMatchObject(expected);
      expect(two.asked()).toEqual(["8x8", "second-hook"]);
    },
  );

  test("if 8x8 rejects a code and the second hook fails, Okta gets 8x8's reason", async () => {
    two.app.eightByEight.fail("sms", { fault: "401" });
    two.second.behave({ status: 500 });
    expect(await send()).toMatchObject({
      answer: "failed",
      reason: "key-rejected",
      otherReason: "provider-error",
      provider: "8x8",
    });
  });

  test("if both providers hang, Okta gets FAILED after exactly 2,500 ms", async () => {
    two.app.eightByEight.fail("sms", { fault: "hang" });
    two.second.behave({ instead: "hang" });
    const answer = two.app.post(code());
    await until(() => two.app.eightByEight.requests.length === 1);
    two.app.clock.turn(1_374);
    expect(two.second.requests).toEqual([]);
    two.app.clock.turn(1);
    await until(() => two.second.requests.length === 1);
    await expectSettledAt(two.app.clock, answer, 1_125);
    expect((await answer).judged).toMatchObject({ answer: "failed", reason: "deadline" });
  });

  test("if 8x8 rejects a code at once, a second hook that takes 1.3 s can send the code", async () => {
    two.app.eightByEight.fail("sms", { fault: "not-created", statusCode: 1201, status: 403 });
    let started: (value: unknown) => void = () => undefined;
    two.second.behave({ after: new Promise((resolve) => (started = resolve)) });
    const answer = two.app.post(code());
    await until(() => two.second.requests.length === 1);
    two.app.clock.turn(1_300);
    started(undefined);
    expect((await answer).judged.answer).toBe("successful");
  });
});

describe("the second hook first", () => {
  beforeEach(async () => {
    two = await startTwo({ SECOND_HOOK_FIRST_FOR: "all" });
  });

  test("8x8 gets no code that the second hook accepts", async () => {
    expect(await send()).toMatchObject({ answer: "successful", provider: "second-hook" });
    expect(two.asked()).toEqual(["second-hook"]);
  });

  test.each<[Behaviour, string]>([
    [{ status: 500 }, "provider-error"],
    [{ status: 429 }, "rate-limited"],
    [{ status: 302, headers: { location: "/elsewhere" } }, "redirected"],
    [{ status: 401 }, "key-rejected"],
    [{ status: 403 }, "key-rejected"],
    [{ status: 404 }, "rejected-by-provider"],
    [{ status: 204, body: "" }, "unreadable-answer"],
    [{ body: "{" }, "unreadable-answer"],
    [{ body: hookAnswer("DONE") }, "unreadable-answer"],
    [{ body: { commands: [] } }, "unreadable-answer"],
    [{ body: hookAnswer("FAILED") }, "rejected-by-provider"],
    [{ body: { error: { errorSummary: "no" } } }, "rejected-by-provider"],
    [
      { body: { ...hookAnswer("SUCCESSFUL"), error: { errorSummary: "no" } } },
      "rejected-by-provider",
    ],
    [
      { body: `${JSON.stringify(hookAnswer("SUCCESSFUL"))}${" ".repeat(65_536)}` },
      "unreadable-answer",
    ],
    [{ instead: "reset" }, "connection-cut"],
    [{ instead: "hang" }, "deadline"],
  ])(
    "after the second hook's reply %j, 8x8 sends the code, and the second hook is not asked again",
    async (behaviour, otherReason) => {
      two.second.behave(behaviour);
      const hangs = behaviour.instead === "hang" ? { shareMs: 1_750 } : undefined;
      expect(await send(code(), hangs)).toMatchObject({
        answer: "successful",
        provider: "8x8",
        otherReason,
      });
      expect(two.asked()).toEqual(["8x8", "second-hook"]);
    },
  );

  test.each([
    ["PENDING", "pending"],
    ["SUCCESSFUL", "successful"],
  ])("Okta gets the status %s of the second hook", async (status, answer) => {
    two.second.behave({ body: hookAnswer(status) });
    expect(await send()).toMatchObject({ answer, outcome: "accepted", provider: "second-hook" });
    expect(two.asked()).toEqual(["second-hook"]);
  });

  test("if the second hook's command has two values, the first value counts", async () => {
    const value = ["SUCCESSFUL", "FAILED"].map((status) => ({ status }));
    two.second.behave({ body: { commands: [{ type: "com.okta.telephony.action", value }] } });
    expect(await send()).toMatchObject({ answer: "successful", provider: "second-hook" });
  });

  test("if the second hook hangs, the app asks 8x8 after 70 % of the budget", async () => {
    two.second.behave({ instead: "hang" });
    const answer = two.app.post(code());
    await until(() => two.second.requests.length === 1);
    two.app.clock.turn(1_749);
    expect(two.app.eightByEight.requests).toEqual([]);
    two.app.clock.turn(1);
    expect((await answer).judged.answer).toBe("successful");
  });

  test("8x8 gets a second attempt if the second hook has failed first", async () => {
    two.second.behave({ status: 500 });
    two.app.eightByEight.fail("sms", { fault: "503" }, 1);
    const answer = two.app.post(code());
    await until(() => two.app.eightByEight.requests.length === 1);
    // The app pauses before the second attempt.
    expect((await passing(two.app.clock, answer, slow)).judged.answer).toBe("successful");
    expect(two.asked()).toEqual(["8x8", "8x8", "second-hook"]);
  });
});

describe("codes that only the second hook can send", () => {
  const withoutVoice = { EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" };
  const extension = { phoneNumber: "+4930123456 x5" };

  test("the second hook makes calls while 8x8's voice is off, and gets numbers with an extension", async () => {
    two = await startTwo(withoutVoice);
    for (const messageProfile of [call, extension])
      expect(await send(code({ messageProfile }))).toMatchObject({
        answer: "successful",
        provider: "second-hook",
      });
    expect(two.asked()).toEqual(["second-hook", "second-hook"]);
  });

  test("Okta gets the second hook's failure if 8x8 cannot send the code", async () => {
    two = await startTwo(withoutVoice);
    two.second.behave({ body: hookAnswer("FAILED") });
    expect(await send(code({ messageProfile: call }))).toMatchObject({
      answer: "failed",
      reason: "rejected-by-provider",
      provider: "second-hook",
    });
    expect(two.asked()).toEqual(["second-hook"]);
  });

  test("Okta gets the HTTP status of the second hook as the provider's code", async () => {
    two = await startTwo(withoutVoice);
    two.second.behave({ status: 422 });
    expect(await send(code({ messageProfile: call }))).toMatchObject({
      reason: "rejected-by-provider",
      providerCode: "422",
    });
  });

  test.each([
    ["the policy", { PHONE_POLICY_BLOCKED_COUNTRIES: "DE" }, "country-blocked"],
    [
      "the guard",
      { GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"DE":{"calls":1}}' },
      "country-calls",
    ],
  ])(
    "the second hook gets no number with an extension if %s refuses the number",
    async (_, settings, reason) => {
      two = await startTwo({ ...withoutVoice, ...settings });
      const messageProfile = { ...call, ...extension };
      if (reason === "country-calls") await send(code({ messageProfile }));
      two.asked();
      expect(await send(code({ messageProfile }))).toMatchObject({ reason });
      expect(two.asked()).toEqual([]);
    },
  );
});
