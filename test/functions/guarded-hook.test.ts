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
  enrolment: "com.okta.user.telephony.pre-enrollment",
  signIn: "com.okta.user.telephony.mfa-verification",
  absent: undefined,
};

interface Code {
  readonly phoneNumber?: string;
  readonly requestType?: keyof typeof types;
}

/** A code for somebody new, by default to a number of one British range. */
async function send({ phoneNumber, requestType = "enrolment" }: Code = {}) {
  const person = String(++people).padStart(4, "0");
  const userId = `00uperson${person}000000`;
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

describe("a guard that enforces", () => {
  test("refuses the ninth code to one number in an hour, which nobody sends, and no other number's", async () => {
    await start({ GUARD_MODE: "enforce" });
    const sent = await sendMany(9, { phoneNumber: number, requestType: "signIn" });
    expect(sent.map(({ answer }) => answer)).toEqual([...Array<string>(8).fill("successful"), "failed"]);
    expect(sent.at(-1)?.reason).toBe("number-limit");
    expect(bridge.eightByEight.messages).toHaveLength(8);
    expect(bridge.app.output()).toMatch(
      /refused number-limit · guard: number-limit, 9 with a limit of 8 · sms · \d+ ms/,
    );
    expect((await send({ phoneNumber: "+447700900124" })).answer).toBe("successful");
  });

  test("tells Okta SUCCESSFUL where refusals are suppressed, and still nobody sends", async () => {
    await start({ GUARD_MODE: "enforce", REFUSED_ANSWER: "suppress", GUARD_NUMBER_CODES: "1/hour" });
    const [, second] = await sendMany(2, { phoneNumber: number });
    expect(second).toMatchObject({ answer: "successful", reason: "number-limit" });
    expect(bridge.eightByEight.messages).toHaveLength(1);
  });

  test("never refuses a number of an exempt range", async () => {
    await start({ GUARD_MODE: "enforce", GUARD_NUMBER_CODES: "1/day", GUARD_EXEMPT_RANGES: "+1202,+44770090" });
    expect(reasonsOf(await sendMany(5, { phoneNumber: number }))).toEqual(none(5));
  });

  test("judges only what our policy lets through", async () => {
    await start({ GUARD_MODE: "enforce", GUARD_NUMBER_CODES: "1/day", PHONE_POLICY_ALLOWED_COUNTRIES: "US" });
    expect(reasonsOf(await sendMany(2, { phoneNumber: number }))).toEqual([
      "country-not-allowed",
      "country-not-allowed",
    ]);
    expect(bridge.app.output()).not.toContain("guard:");
  });

  test("refuses enrolments that nobody finishes, and no codes of another kind, nor of one that Okta does not name", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(20);
    expect(reasonsOf(await sendMany(11))).toEqual([...none(10), "range-unverified"]);
    expect(reasonsOf(await sendMany(2, { requestType: "signIn" }))).toEqual(none(2));
    expect(reasonsOf(await sendMany(2, { requestType: "absent" }))).toEqual(none(2));
  });

  test("lets enrolments go on once refused ones are finished, with codes that Okta's own provider sent", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(20);
    const refused = (await sendMany(22)).slice(10);
    expect(reasonsOf(refused)).toEqual(Array<string>(12).fill("range-unverified"));
    await okta.deliver(refused.flatMap(({ userId }) => eventsOfUse("sms", types.enrolment, { userId })));
    expect(reasonsOf(await sendMany(1))).toEqual([undefined]);
  });

  test("refuses nobody for what nobody finished while no outcomes come in", async () => {
    await start({ GUARD_MODE: "enforce" });
    await useSignIns(19, "deliverCarelessly");
    expect(reasonsOf(await sendMany(30))).toEqual(none(30));
    await useSignIns(1);
    expect(reasonsOf(await sendMany(1))).toEqual(["range-unverified"]);
  });
});

test("a guard that records, as it does unless it is told otherwise, sends the ninth code and says what it would have done", async () => {
  await start({});
  expect(reasonsOf(await sendMany(9, { phoneNumber: number }))).toEqual(none(9));
  expect(bridge.eightByEight.messages).toHaveLength(9);
  expect(bridge.app.output()).toMatch(/accepted · guard: number-limit, 9 with a limit of 8 · sms · 8x8 200/);
});

test("a guard that is off counts nothing", async () => {
  await start({ GUARD_MODE: "off", GUARD_NUMBER_CODES: "1/hour" });
  expect(reasonsOf(await sendMany(3, { phoneNumber: number }))).toEqual(none(3));
  expect(bridge.app.output()).not.toContain("guard");
});
