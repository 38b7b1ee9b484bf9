import {
  differs,
  holds,
  judge,
  notTried,
  type Assumption,
} from "../../../tools/accept/assumption.ts";
import type { Live } from "../../../tools/accept/live.ts";
import {
  describe as describeReport,
  redact,
  summaryOf,
  type Entry,
} from "../../../tools/accept/report.ts";
import { run } from "../../../tools/accept/run.ts";
import { readUsage } from "../../../tools/accept/usage.ts";

const about = {
  says: "It is so.",
  source: "https://example.com",
  leans: [],
  ifFalse: "It is not.",
};
const live = (more: Partial<Live> = {}) =>
  ({
    asked: new Set(["phone", "restart"]),
    force: false,
    azure: () => Promise.resolve({ rows: () => Promise.resolve([]) }),
    ...more,
  }) as unknown as Live;

async function verdicts(
  assumptions: readonly Assumption[],
  on = live(),
  before: readonly Entry[] = [],
) {
  const entries = await run(assumptions, on, {
    before: new Map(before.map((one) => [one.id, one])),
    secrets: () => [],
    onEntry: () => undefined,
  });
  return entries.map(({ id, verdict, seen }) => `${id} ${verdict}: ${seen}`);
}

const message = (attempt = () => Promise.resolve(holds("sent"))): Assumption => ({
  ...about,
  id: "message",
  needs: "phone",
  attempt,
});
const one = (attempt: Assumption["attempt"]): Assumption => ({
  ...about,
  id: "one",
  ...(attempt && { attempt }),
});

test("what reaches a person is tried where all before it held, or was not tried by itself", async () => {
  expect(await verdicts([one(() => Promise.resolve(notTried("It is off."))), message()])).toEqual([
    "one not tried: It is off.",
    "message holds: sent",
  ]);
});

test.each<[string, Assumption["attempt"], string]>([
  ["differs", () => Promise.resolve(differs("red")), "one differs: red"],
  ["broke off", () => Promise.reject(new Error("No way there.")), "one not tried: No way there."],
])("nobody is reached after something %s", async (_, attempt, first) => {
  const unreached = message(() => Promise.reject(new Error("It was sent.")));
  expect(await verdicts([one(attempt), unreached])).toEqual([
    first,
    "message not tried: one has to hold first.",
  ]);
});

test("what was not asked for is not tried, and says by which option it is", async () => {
  expect(await verdicts([message()], live({ asked: new Set() }))).toEqual([
    "message not tried: Asked for with --phone.",
  ]);
});

test("what held is not tried again; what differed is", async () => {
  const again = (id: string, verdict: Entry["verdict"]): Entry => ({
    id,
    verdict,
    seen: "before",
    at: "then",
  });
  const tried: Assumption = { ...about, id: "two", attempt: () => Promise.resolve(holds("now")) };
  const found = await verdicts([one(() => Promise.reject(new Error("Tried."))), tried], live(), [
    again("one", "holds"),
    again("two", "differs"),
  ]);
  expect(found).toEqual(["one holds: before", "two holds: now"]);
});

test("an app that sent codes in the last day is disturbed only by force", async () => {
  const restart: Assumption = {
    ...about,
    id: "restart",
    needs: "restart",
    attempt: () => Promise.resolve(holds("well")),
  };
  const azure = () =>
    Promise.resolve({ rows: () => Promise.resolve([{}]) }) as unknown as ReturnType<Live["azure"]>;
  expect(await verdicts([restart], live({ azure }))).toEqual([
    "restart not tried: Codes were sent in the last day. --force tries it all the same.",
  ]);
  expect(await verdicts([restart], live({ azure, force: true }))).toEqual(["restart holds: well"]);
  expect(await verdicts([restart])).toEqual(["restart holds: well"]);
});

test("a report begins with the verdict, the command that tries what is unknown, and what its options do", () => {
  const entry = (id: string, verdict: Entry["verdict"]): Entry => ({
    id,
    verdict,
    seen: "…",
    at: "then",
  });
  const all: readonly Assumption[] = [
    one(undefined),
    message(),
    { ...about, id: "alert", needs: "alert" },
  ];
  const entries = [entry("one", "differs"), entry("message", "not tried"), entry("alert", "holds")];
  expect(describeReport("dev", all, entries).split("\n").slice(2, 4)).toEqual([
    "**Not as assumed: 1 hold, 1 differ, 1 unknown.** To run it again, which tries only what does not hold yet: `npm run accept -- dev --phone +…`",
    "- `--phone +…`: two SMS (one with a wrong sender), with voice one call, at your 8x8 prices.",
  ]);
  // As after a run that was stopped.
  expect(summaryOf(all, entries.slice(2))).toBe(
    "Nothing differs so far: 1 hold, 0 differ, 2 unknown.",
  );
  expect(summaryOf(all.slice(2), entries.slice(2))).toBe(
    "All is as assumed: 1 hold, 0 differ, 0 unknown.",
  );
});

test("a report holds no number, secret, address, person, tenant or user, and does hold what was seen", () => {
  const secret = "hook secret of nobody";
  const text =
    `to +12025550123 with ${secret} in kv-octo-7x at func-a.azurewebsites.net, acme.okta.com, by ann@octo.org ` +
    "of 0b1c2d3e-0000-4000-8000-1234567890ab, 00uyxxSknGtK8022w0g3";
  for (const host of ["acme.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil"])
    expect(redact(`GET https://${host}/api/v1`, [])).toBe("GET https://…/api/v1");
  expect(redact(text, [secret])).toBe("to … with … in … at …, …, by … of …, …");
  const seen =
    "HTTP 404, code 1300; 0.4 min, azurefunctions 4.1049.0.0, /api/okta/telephony 404, okta-system-log";
  expect(redact(seen, [secret])).toBe(seen);
  expect(judge(true, seen)).toEqual(holds(seen));
});

test.each([
  ["", "Name one environment"],
  ["dev prod", "Name one environment"],
  ["dev --phone 12025550123", "--phone is a number in E.164."],
  ["dev --loudly", "an option that is not known"],
])("wrong usage is said without what was typed: %s", (args, words) => {
  expect(() => readUsage(args.split(" ").filter(Boolean))).toThrow(words);
});
