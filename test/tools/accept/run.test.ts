import { setTimeout as sleep } from "node:timers/promises";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import { isTried, type Assumption, type Tried } from "../../../tools/accept/assumption.ts";
import { differs, holds, NotSetUp, notTried, type Entry } from "../../../tools/accept/finding.ts";
import { createLeftovers } from "../../../tools/accept/leftovers.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { run, type RunOptions } from "../../../tools/accept/run.ts";

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
  ])("is skipped if the other test %s, while independent tests run", async (_, attempt, words) => {
    const waits = "waits: It needs first. To try it anyway, add --anyway first.";
    expect(await found(chain(attempt))).toEqual([
      `first ${words}`,
      `second ${waits}`,
      `third ${waits}`,
      "apart holds: fine",
    ]);
  });

  test("runs if the other test's feature is not set up", async () => {
    const [first, second] = await found(chain(() => Promise.reject(new NotSetUp("It is off."))));
    expect([first, second]).toEqual(["first not set up: It is off.", "second holds: fine"]);
  });

  test("runs after a failed test if --anyway names the failed test", async () => {
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
