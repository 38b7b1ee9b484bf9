import { authenticatedBy, eventsOfUse, createEventHook, hookBody, type EventHook } from "../../sandbox/okta.ts";
import { startBridge, type Bridge } from "../bridge.ts";
import { eventSecret } from "./outcomes-in-azure.ts";

let bridge: Bridge;
let okta: EventHook;
let people = 0;
afterEach(() => bridge.stop());

async function start(settings: Record<string, string>): Promise<void> {
  bridge = await startBridge({ OKTA_EVENT_SECRET: eventSecret, ...settings });
  okta = createEventHook(`${bridge.app.url}/api/okta/events`, eventSecret);
}

const types = {
  enrollment: "com.okta.user.telephony.pre-enrollment",
  signIn: "com.okta.user.telephony.mfa-verification",
  recovery: "com.okta.user.telephony.password-reset",
  absent: undefined,
};

interface Code {
  readonly phoneNumber?: string;
  readonly userId?: string;
  readonly requestType?: keyof typeof types;
}

/** A code for somebody new, by default to a number of one British range. */
async function send({ phoneNumber, requestType = "enrollment", ...given }: Code = {}) {
  const person = String(++people).padStart(4, "0");
  const { userId = `00uperson${person}000000` } = given;
  const { judged } = await bridge.post(
    hookBody({
      envelope: { requestType: types[requestType] },
      userProfile: { userId },
      messageProfile: { phoneNumber: phoneNumber ?? `+44770090${person}` },
    }),
  );
  return { userId, answer: judged.answer, reason: judged.reason };
}

async function sendMany(count: number, code: Code = {}) {
  const sent = [];
  for (let index = 0; index < count; index++) sent.push(await send(code));
  return sent;
}

/** Sign-in codes that were used, to other numbers. */
async function useSignIns(count: number, deliver: keyof Pick<EventHook, "deliver" | "deliverCarelessly"> = "deliver") {
  const sent = [];
  for (let index = 0; index < count; index++)
    sent.push(await send({ phoneNumber: `+120255${String(10_000 + people)}`, requestType: "signIn" }));
  await okta[deliver](sent.map(({ userId }) => authenticatedBy("sms", { userId })));
}

const reasonsOf = (sent: readonly { readonly reason: string | undefined }[]) => sent.map(({ reason }) => reason);
const none = (count: number) => Array<undefined>(count).fill(undefined);
const number = "+447700900123";
const one = { userId: "00uone00000000000000", requestType: "signIn" } as const;

describe("a guard that enforces", () => {
  test("refuses a person's eleventh unused sign-in code in an hour, which nobody sends, and no recovery code", async () => {
    await start({ GUARD_MODE: "enforce" });
    const sent = await sendMany(11, one);
    expect(sent.map(({ answer }) => answer)).toEqual([...Array<string>(10).fill("successful"), "failed"]);
    expect(sent.at(-1)?.reason).toBe("user-limit");
    expect(bridge.eightByEight.messages).toHaveLength(10);
    expect(bridge.app.output()).toMatch(/refused user-limit · guard: user-limit, 11 with a limit of 10 · sms · \d+ ms/);
    expect(reasonsOf(await sendMany(1, { ...one, requestType: "recovery" }))).toEqual([undefined]);
  });

  test("counts a person's code no more once a code is used", async () => {
    await start({ GUARD_MODE: "enforce" });
    await sendMany(10, one);
    await okta.deliver([authenticatedBy("sms", { userId: one.userId })]);
    expect(reasonsOf(await sendMany(11, one))).toEqual([...none(10), "user-limit"]);
  });

  test("does not count what 8x8 did not take", async () => {
    await start({ GUARD_MODE: "enforce", GUARD_USER_CODES: "2/hour" });
    bridge.eightByEight.fail({ fault: "rejected" });
    expect(new Set(reasonsOf(await sendMany(5, one)))).not.toContain("user-limit");
    bridge.eightByEight.recover();
    expect(reasonsOf(await sendMany(3, one))).toEqual([...none(2), "user-limit"]);
  });

  test("answers SUCCESSFUL for unfinished enrollments where refusals are suppressed, and FAILED for a person's limit", async () => {
    const limits = { GUARD_RANGE_UNFINISHED: "1/hour", GUARD_USER_CODES: "1/hour" };
    await start({ GUARD_MODE: "enforce", REFUSED_ANSWER: "suppress", ...limits });
    await useSignIns(20);
    const before = bridge.eightByEight.messages.length;
    expect((await sendMany(2))[1]).toMatchObject({ answer: "successful", reason: "range-unfinished" });
    expect((await sendMany(2, one))[1]).toMatchObject({ answer: "failed", reason: "user-limit" });
    expect(bridge.eightByEight.messages.length - before).toBe(2);
  });

  test("never refuses a number of an exempt range", async () => {
    await start({ GUARD_MODE: "enforce", GUARD_USER_CODES: "1/day", GUARD_EXEMPT_RANGES: "+1202,+44770090" });
    expect(reasonsOf(await sendMany(5, { ...one, phoneNumber: number }))).toEqual(none(5));
  });

  test("judges only what our policy lets through", async () => {
    await start({ GUARD_MODE: "enforce", GUARD_USER_CODES: "1/day", PHONE_POLICY_ALLOWED_COUNTRIES: "US" });
    expect(reasonsOf(await sendMany(2, one))).toEqual(["country-not-allowed", "country-not-allowed"]);
    expect(bridge.app.output()).not.toContain("guard:");
  });

  test("refuses enrollments that nobody completes, and no codes of another kind, nor of one that Okta does not name", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(20);
    expect(reasonsOf(await sendMany(11))).toEqual([...none(10), "range-unfinished"]);
    expect(reasonsOf(await sendMany(2, { requestType: "signIn" }))).toEqual(none(2));
    expect(reasonsOf(await sendMany(2, { requestType: "absent" }))).toEqual(none(2));
  });

  test("lets enrollments go on once refused ones are completed, with codes that Okta's own provider sent", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(20);
    const refused = (await sendMany(22)).slice(10);
    expect(reasonsOf(refused)).toEqual(Array<string>(12).fill("range-unfinished"));
    await okta.deliver(refused.flatMap(({ userId }) => eventsOfUse("sms", types.enrollment, { userId })));
    expect(reasonsOf(await sendMany(1))).toEqual([undefined]);
  });

  test("caps enrollments while it does not believe Okta's events", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(19, "deliverCarelessly");
    expect(reasonsOf(await sendMany(21))).toEqual([...none(20), "volume-cap"]);
    await useSignIns(1);
    expect(reasonsOf(await sendMany(1))).toEqual(["range-unfinished"]);
  });
});

test("a guard that records, as it does unless it is told otherwise, sends the code and says what it would have done", async () => {
  await start({});
  expect(reasonsOf(await sendMany(11, one))).toEqual(none(11));
  expect(bridge.eightByEight.messages).toHaveLength(11);
  expect(bridge.app.output()).toMatch(/accepted · guard: user-limit, 11 with a limit of 10 · sms · 8x8 200/);
});

test("a guard that is off counts nothing", async () => {
  await start({ GUARD_MODE: "off", GUARD_USER_CODES: "1/hour" });
  expect(reasonsOf(await sendMany(3, one))).toEqual(none(3));
  expect(bridge.app.output()).not.toContain("guard");
});
