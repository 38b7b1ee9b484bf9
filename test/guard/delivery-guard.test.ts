import { createDeliveryGuard, type Verdict } from "../../src/guard/delivery-guard.ts";
import { systemClock } from "../../src/timing/clock.ts";
import { namesNumber } from "../../src/rules/phone-policy.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { load } from "../settings/sample-settings.ts";
import { sentCode } from "../sent-codes/keeping-codes.ts";

const withTable = { STATE_TABLE_URL: "https://st.table.core.windows.net" };
const numbers = { GUARD_COUNTRY_LIMITS: '{"US":{"others":"2/99","enrollments":1}}' };
const signIn = sampleCodeRequest({ oktaUserId: "00u1", kind: "sign-in" });

function guarding(
  phoneHashKey: () => string | undefined = () => "a key",
  settings: Record<string, string> = withTable,
) {
  const warnings: string[] = [];
  const config = load({ GUARD_MODE: "enforce", ...numbers, ...settings });
  if (config.guard === undefined) throw new Error("The guard is off");
  const warn = (message: string) => warnings.push(message);
  const eventsAreJoined = () => config.state.in !== "nothing";
  const guard = createDeliveryGuard(
    { ...config.guard, phonePolicy: config.phonePolicy },
    {
      clock: systemClock,
      phoneHashKey,
      eventsAreJoined,
      warn,
      exemptionExpired: () => warn("A range expired."),
    },
  );
  return { ...guard, warnings };
}

function reasonOf(verdict: Verdict) {
  return verdict.ok ? undefined : verdict.reason;
}

test("a guard that fails lets codes pass, and logs the kind of error once", () => {
  const guard = guarding(() => {
    throw new TypeError("about +12025550123");
  });
  for (let count = 0; count < 10; count++)
    expect(guard.judge(signIn, samplePhoneNumber())).toEqual({ ok: true });
  expect(guard.warnings).toEqual([
    "The guard failed and refuses no codes (TypeError). The app will try again.",
  ]);
});

describe("a person's tenth code of a day", () => {
  const sms = {
    provider: "8x8",
    channel: "sms",
    host: "sms.8x8.com",
    startedAt: new Date(),
    durationMs: 9,
    status: 500,
  } as const;
  const failed = (mayBeSent: boolean) =>
    ({ ...sms, ok: false, outcome: "unavailable", reason: "provider-error", mayBeSent }) as const;

  test.each([
    ["counts", "the provider may have sent it", [failed(true)], "user-limit"],
    ["counts", "one of two may have sent it", [failed(true), failed(false)], "user-limit"],
    ["does not count", "the provider cannot have sent it", [failed(false)], undefined],
  ])("the guard %s a person's tenth code of a day if %s", (_, __, attempts, next) => {
    const guard = guarding();
    const recovery = sampleCodeRequest({ oktaUserId: "00u1", kind: "recovery" });
    const judged = () => guard.judge(recovery, samplePhoneNumber());
    const tenth = Array.from({ length: 10 }, judged).at(-1);
    if (tenth !== undefined) guard.settle(tenth, { attempts });
    expect(reasonOf(judged())).toBe(next);
  });
});

test("the guard subtracts a used code if the code's row has the number's hash", () => {
  const guard = guarding();
  const judged = () => guard.judge(signIn, samplePhoneNumber());
  const [first, , last] = [judged(), judged(), judged()];
  const code = sentCode({ country: "US", countedAt: last.facts?.countedAt, oktaUserId: "00u1" });
  guard.used({ ...code, phoneKey: undefined }, new Date());
  expect(reasonOf(judged())).toBe("country-unused");
  guard.used({ ...code, phoneKey: first.facts?.phoneKey }, new Date());
  expect(judged().ok).toBe(true);
});

test("without a table, the guard refuses enrollments with country-unused, not country-unfinished", () => {
  const reasonWith = (settings: Record<string, string>) => {
    const guard = guarding(() => undefined, settings);
    const enrollment = sampleCodeRequest({ kind: "enrollment" });
    const [, judged] = [1, 2].map(() => guard.judge(enrollment, samplePhoneNumber()));
    return judged && reasonOf(judged);
  };
  expect(reasonWith(withTable)).toBe("country-unfinished");
  expect(reasonWith({})).toBe("country-unused");
});

test("a number without a country counts in a country with its calling code", () => {
  const numbers = { GUARD_COUNTRY_LIMITS: '{"US":{"others":"1/2"}}' };
  const guard = guarding(() => "a key", numbers);
  const judge = (oktaUserId: string, number: string) =>
    reasonOf(
      guard.judge(sampleCodeRequest({ kind: "sign-in", oktaUserId }), samplePhoneNumber(number)),
    );
  expect([judge("00u1", "+19995550010"), judge("00u2", "+19995550011")]).toEqual([
    undefined,
    undefined,
  ]);
  expect(judge("00u3", "+12025550123")).toBe("country-codes");
});

test("an exemption ends after its last day in UTC, and its end is logged once", () => {
  jest.useFakeTimers({ now: new Date("2027-01-31T23:59:59Z") });
  const guard = guarding(() => "a key", {
    GUARD_EXEMPT_RANGES: "+1202 until 2027-01-31,+6581 until 2027-12-31,+4477",
  });
  const isExempt = (number: string) =>
    guard.judge(signIn, samplePhoneNumber(number)).facts?.phoneKey === undefined;
  const numbers = ["+12025550123", "+6581234567", "+447700900123"];
  expect(numbers.map(isExempt)).toEqual([true, true, true]);
  jest.setSystemTime(new Date("2027-02-01T00:00:00Z"));
  for (let count = 0; count < 3; count++)
    expect(numbers.map(isExempt)).toEqual([false, true, true]);
  jest.useRealTimers();
  expect(guard.warnings).toEqual(["A range expired."]);
});

test.each([
  ["true for an allowed country", "1", { PHONE_POLICY_ALLOWED_COUNTRIES: "US" }, true],
  ["false for a country that is not allowed", "1", { PHONE_POLICY_ALLOWED_COUNTRIES: "GB" }, false],
  [
    "true for an allowed calling code without a country",
    "870",
    { PHONE_POLICY_ALLOWED_CALLING_CODES: "870" },
    true,
  ],
  ["false for a country if no list is set", "1", {}, false],
])("`namesNumber` is %s", (_, callingCode, settings, named) => {
  const number = { callingCode, countries: callingCode === "1" ? (["US", "CA"] as const) : [] };
  expect(namesNumber(number, load(settings).phonePolicy)).toBe(named);
});
