import { setTimeout as sleep } from "node:timers/promises";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import { isTried, type Assumption, type Tried } from "../../../tools/accept/assumption.ts";
import {
  differs,
  holds,
  NotSetUp,
  notTried,
  redact,
  type Entry,
} from "../../../tools/accept/finding.ts";
import { createLeftovers } from "../../../tools/accept/leftovers.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { describe as describeReport, summaryOf } from "../../../tools/accept/report.ts";
import { run, type RunOptions } from "../../../tools/accept/run.ts";
import { readUsage } from "../../../tools/accept/usage.ts";

const row = {
  says: "It is so.",
  documented: "It is so.",
  source: { url: "https://example.com", read: "2026-11-28" },
  ifFalse: "It is not.",
};
const tried = (id: string, attempt: Tried["attempt"], more: Partial<Tried> = {}): Tried => ({
  ...row,
  id,
  attempt,
  ...more,
});
const fine = () => Promise.resolve(holds("fine"));
const red = () => Promise.resolve(differs("red.", "paint."));
const look = { ...row, id: "look", look: "Look.", passes: "it is there." };
const live = (more: Partial<Live> = {}) =>
  ({
    asked: new Set(["phone", "restart"]),
    force: false,
    azure: () => Promise.resolve({ rows: () => Promise.resolve([]) }),
    ...more,
  }) as unknown as Live;

async function found(
  all: readonly Assumption[],
  options: Partial<RunOptions> = {},
  on = live(),
): Promise<string[]> {
  const entries = await run(all, on, {
    secrets: () => [],
    onEntry: () => undefined,
    ...options,
  });
  return entries.map(({ id, verdict, why, seen }) => `${id} ${why ?? verdict}: ${seen}`);
}

const before = (...entries: (Pick<Entry, "id"> & Partial<Entry>)[]) => {
  const known = { verdict: "holds", seen: "before", at: "2026-11-01T10:00:00.000Z" } as const;
  return { before: new Map(entries.map((one): [string, Entry] => [one.id, { ...known, ...one }])) };
};

describe("a test that depends on another test", () => {
  const chain = (attempt: Tried["attempt"]) => [
    tried("first", attempt),
    tried("second", fine, { after: ["first"] }),
    tried("third", fine, { after: ["second"] }),
    tried("apart", fine),
  ];

  test.each<[string, Tried["attempt"], string]>([
    ["differs", red, "differs: Expected: It is so. Came: red. Likely cause: paint."],
    ["is not reached", () => Promise.reject(new Error("No way.")), "not reached: No way."],
  ])("is not made if the other test %s, and independent tests are", async (_, attempt, words) => {
    const waits = "waits: It needs first. To try it anyway, add --anyway first.";
    expect(await found(chain(attempt))).toEqual([
      `first ${words}`,
      `second ${waits}`,
      `third ${waits}`,
      "apart holds: fine",
    ]);
  });

  test("is made if the other test's feature is not set up", async () => {
    const [first, second] = await found(chain(() => Promise.reject(new NotSetUp("It is off."))));
    expect([first, second]).toEqual(["first not set up: It is off.", "second holds: fine"]);
  });

  test("is made after a failed test with --anyway", async () => {
    const [, second, third] = await found(chain(red), { anyway: new Set(["first"]) });
    expect([second, third]).toEqual(["second holds: fine", "third holds: fine"]);
  });

  test("comes after that test in the list of assumptions", () => {
    const ids = assumptions.map(({ id }) => id);
    const wrong = assumptions.filter(
      (one, at) => isTried(one) && one.after?.some((id) => !ids.slice(0, at).includes(id)),
    );
    expect([wrong, new Set(ids).size]).toEqual([[], ids.length]);
  });
});

test("repeats a test that held before, except with --keep", async () => {
  const all = [tried("one", red)];
  expect(await found(all, before({ id: "one" }))).toEqual([expect.stringContaining("one differs")]);
  expect(await found(all, { ...before({ id: "one" }), keep: true })).toEqual(["one holds: before"]);
});

test("keeps earlier findings of tests that need an option, and what a person saw", async () => {
  const all = [
    tried("alert", fine, { needs: "alert" }),
    tried("sign-in", fine, { needs: "sign-in" }),
    tried("phone", fine, { needs: "phone" }),
  ];
  const known = before(
    { id: "alert", verdict: "differs" },
    { id: "sign-in", verdict: "not tried", why: "not set up" },
    { id: "phone" },
    { id: "look" },
  );
  expect(await found([...all, look], known)).toEqual([
    "alert differs: before",
    "sign-in not set up: before",
    "phone holds: fine",
    "look holds: before",
  ]);
  expect(await found([look])).toEqual(["look look: Look. It holds if: it is there."]);
});

test("restarts an app that sent codes in the last day only with --force", async () => {
  const restart = tried("restart", fine, { needs: "restart" });
  const rows = [{}];
  const azure = (() => Promise.resolve({ rows: () => Promise.resolve(rows) })) as never;
  expect(await found([restart], {}, live({ azure }))).toEqual([
    "restart not asked: The app sent codes in the last day. Add --force to try this anyway.",
  ]);
  expect(await found([restart], {}, live({ azure, force: true }))).toEqual(["restart holds: fine"]);
  rows.pop();
  expect(await found([restart], {}, live({ azure }))).toEqual(["restart holds: fine"]);
});

test("stops during a test at an abort, and has reported every earlier entry", async () => {
  const stopping = new AbortController();
  const entries: string[] = [];
  const never = tried("never", () => {
    setImmediate(() => {
      stopping.abort(new Error("Stopped."));
    });
    return sleep(600_000, notTried("waits", ""), { ref: false });
  });
  const options = {
    signal: stopping.signal,
    onEntry: ({ id }: Entry) => entries.push(id),
  };
  await expect(found([tried("one", fine), never], options)).rejects.toThrow("Stopped.");
  expect(entries).toEqual(["one"]);
});

describe("a change that must be undone", () => {
  test("is undone once, by the test or at the end", async () => {
    const leftovers = createLeftovers();
    let times = 0;
    const count = () => Promise.resolve(void (times += 1));
    const putBack = leftovers.add("one", count);
    await Promise.all([putBack(), putBack()]);
    leftovers.add("two", count);
    expect([await leftovers.clear(), times]).toEqual([[], 2]);
    expect([await leftovers.clear(), times]).toEqual([[], 2]);
  });

  test("is undone at the end after a failure, and its command is returned after another failure", async () => {
    const leftovers = createLeftovers();
    let fails = 2;
    const putBack = leftovers.add("az functionapp start", () =>
      fails-- > 0 ? Promise.reject(new Error("503")) : Promise.resolve(),
    );
    await expect(putBack()).rejects.toThrow("503");
    expect(await leftovers.clear()).toEqual(["az functionapp start"]);
    expect(await leftovers.clear()).toEqual([]);
  });
});

test("a report starts with the next steps, and marks entries from earlier runs", () => {
  const at = "2026-11-02T10:00:00.000Z";
  const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
    id,
    verdict: "not tried",
    seen: "…",
    at,
    ...more,
  });
  const all: Assumption[] = [
    tried("one", fine),
    tried("sms", fine, { needs: "phone" }),
    tried("off", fine),
    look,
  ];
  const entries = [
    entry("one", { verdict: "differs", at: "2026-11-01T10:00:00.000Z" }),
    entry("sms", { why: "not asked" }),
    entry("off", { why: "not set up" }),
    entry("look", { why: "look" }),
  ];
  const startedAt = new Date(at);
  const environment = "<environment>";
  const text = describeReport({ environment, startedAt, assumptions: all, entries });
  const [, , summary, , ...steps] = text.split("\n", 8);
  expect(summary).toBe("**Not as assumed: 0 hold, 1 differ, 2 unknown, 1 not set up.**");
  expect(steps).toEqual([
    "1. Differs: `one`. Fix the cause that each line names, then run `npm run accept -- <environment>` again.",
    "2. Could not be reached: none. Waits for another result: none.",
    expect.stringMatching(
      /^3\. Not asked for \(1\): run `npm run accept -- <environment> --phone \+…`\. .*\. Not set up: `off`\.$/,
    ),
    expect.stringContaining('`npm run accept -- <environment> --saw <id> yes "what you saw"`'),
  ]);
  expect(text).toContain("- **one** (2026-11-01 10:00, older than this run)");
  const whole = { environment, startedAt, assumptions: all, entries };
  expect(describeReport({ ...whole, tried: 3 })).toContain("was stopped after 3 of 4 assumptions");
  expect(text).not.toContain("was stopped");
  const good = entries.slice(2, 3).concat(entry("one", { verdict: "holds" }));
  expect(summaryOf(all.slice(0, 2), good)).toMatch(/^All is as assumed: 1 hold, .*1 not set up/);
});

test("a report hides numbers, secrets, hosts, people, ids and resources, and keeps findings", () => {
  const secret = "hook secret of nobody";
  const text =
    `to +12025550123 with ${secret} in kv-octo-7x at func-a.azurewebsites.net, acme.okta.com, by ann@octo.org ` +
    "of 0b1c2d3e-0000-4000-8000-1234567890ab, 00uyxxSknGtK8022w0g3 in rg-acme, infra/environments/acme/okta.json";
  for (const host of ["acme.okta-emea.com", "acme.okta-gov.com", "acme.okta.mil"])
    expect(redact(`GET https://${host}/api/v1`, [])).toBe("GET https://…/api/v1");
  expect(redact(text, [secret])).toBe(
    "to … with … in … at …, …, by … of …, … in …, infra/environments/…/okta.json",
  );
  const seen =
    "HTTP 404, code 1300, E0000135; 0.4 min, azurefunctions 4.1049.0.0, /api/okta/telephony 404";
  expect(redact(seen, [secret])).toBe(seen);
});

test.each([
  ["", "Name one environment"],
  ["dev prod", "Name one environment"],
  ["dev --phone 12025550123", "--phone needs a number in E.164"],
  ["dev --loudly", "An option is unknown or has no value."],
  ["dev --anyway nothing", "--anyway needs the id of an assumption"],
  [
    "dev --saw app-health yes note",
    "--saw needs the id of an assumption that only a person can check",
  ],
  ["dev --saw okta-resend maybe note", "After --saw, give an id"],
  ["dev --saw okta-resend yes", "After --saw, give an id"],
  ["local --phone +12025550123", "On a laptop, --phone has no effect"],
  ["local --sign-in", "On a laptop, --sign-in has no effect"],
  ["local --group rg", "On a laptop, --group has no effect"],
  ["local --yes", "On a laptop, --yes has no effect"],
  ["local --saw okta-resend yes note", "On a laptop, --saw has no effect"],
])("wrong usage causes an error with the reason: %s", (args, words) => {
  expect(() => readUsage(args.split(" ").filter(Boolean))).toThrow(words);
});
