import { runEveryMs, type GuardTable } from "../../src/guard/exchange.ts";
import {
  code,
  createInstance,
  createTable,
  feedOutcomes,
  hours,
  minutes,
  signIn,
  start,
  type Instance,
} from "./guarding.ts";

const named = (count: number, table: GuardTable) =>
  Array.from({ length: count }, (_, index) => createInstance(table, `instance${index}`));

/** Codes for one key, one each `everyMs`, at one instance after the other; each instance exchanges as it does in life. */
async function sendTo(
  instances: readonly Instance[],
  count: number,
  everyMs: number,
  create: () => ReturnType<typeof code>,
  from = start,
): Promise<number> {
  let sent = 0;
  const stepMs = Math.min(everyMs, 500);
  for (let at = 0; at < count * everyMs; at += stepMs) {
    for (const [index, { exchange }] of instances.entries())
      if ((at + index * 1_500) % runEveryMs < stepMs) await exchange.run(from + at);
    if (at % everyMs !== 0) continue;
    const { guard } =
      instances[(at / everyMs) % instances.length] ?? instances[0] ?? createInstance(createTable().table, "");
    if (guard.judge(create(), from + at) === undefined) sent += 1;
  }
  return sent;
}

const toOneNumber = () => signIn({ phoneKey: "one" });

describe("instances that exchange their counts", () => {
  test.each([2, 10])("hold a number's limit of 8 at 8, with one code each 30 s: %d of them", async (count) => {
    const { table } = createTable();
    expect(await sendTo(named(count, table), 60, 30_000, toOneNumber)).toBe(8);
  });

  test.each([2, 10])("that do not exchange hold it each for itself: %d of them", async (count) => {
    const instances = named(count, createTable().table).map((instance) => ({
      ...instance,
      exchange: { ...instance.exchange, run: () => Promise.resolve() },
    }));
    expect(await sendTo(instances, count * 10, 30_000, toOneNumber)).toBe(8 * count);
  });

  test.each([
    [2, 27],
    [10, 31],
  ])(
    "let a range that is pumped once a second pass its limit of 20 by little: %d of them, %d at most",
    async (count, atMost) => {
      const { table } = createTable();
      const instances = Array.from({ length: count }, (_, index) =>
        createInstance(table, `instance${index}`, { rangeUnverified: { hour: 20 }, countryUnverified: {} }),
      );
      for (const { guard } of instances) feedOutcomes(guard, start - minutes(1));
      const sent = await sendTo(instances, 120, 1_000, () => code());
      expect(sent).toBeGreaterThanOrEqual(20);
      expect(sent).toBeLessThanOrEqual(atMost);
    },
  );

  test("see what a user enrols at the others as the same number or another one", async () => {
    const { table } = createTable();
    const instances = named(3, table);
    const enrol = async (instance: number, phoneKey: string, at: number) => {
      const verdict = instances[instance]?.guard.judge(code({ userKey: "one", phoneKey }), start + at);
      for (const { exchange } of instances) await exchange.run(start + at);
      return verdict?.reason;
    };
    const told = [];
    for (const [index, phone] of ["a", "a", "a", "b", "b", "c", "c", "a"].entries())
      told.push(await enrol(index % 3, phone, index * 30_000));
    expect(new Set(told)).toEqual(new Set([undefined]));
    expect(await enrol(0, "d", minutes(5))).toBe("user-numbers");
  });
});

describe("the table", () => {
  test("has a number's and a user's key from their second code on; of a first code half of its bits", async () => {
    const { table, rows } = createTable();
    const [one] = named(1, table);
    const keys = () =>
      Object.keys(JSON.parse([...rows.values()][0]?.counts ?? "{}") as object).filter((key) => !key.startsWith("c"));
    one?.guard.judge(signIn({ phoneKey: "a", userKey: undefined }), start);
    await one?.exchange.run(start);
    expect(keys().map((key) => key.length)).toEqual([7]);
    one?.guard.judge(signIn({ phoneKey: "a", userKey: undefined }), start + 30_000);
    await one?.exchange.run(start + 30_000);
    expect(keys().map((key) => key.length)).toEqual([12]);
  });

  test("has nothing of people where each instance hashes them for itself", async () => {
    const { table, rows } = createTable();
    const one = createInstance(table, "one", {}, false);
    for (let index = 0; index < 3; index++) one.guard.judge(code({ phoneKey: "a", userKey: "b" }), start);
    await one.exchange.run(start);
    const keys = [...rows.values()].flatMap(({ counts }) => Object.keys(JSON.parse(counts) as object));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !key.startsWith("c"))).toEqual([]);
  });

  test("is written by each instance in rows of its own, only where something changed, each below 64 KiB", async () => {
    const { table, rows, state } = createTable();
    const [one, two] = named(2, table);
    for (let index = 0; index < 3_800; index++)
      one?.guard.judge(signIn({ phoneKey: `p${index % 1_900}`, userKey: undefined }), start);
    await one?.exchange.run(start);
    await two?.exchange.run(start);
    const written = [...rows.values()];
    expect(written.length).toBeGreaterThan(1);
    expect(new Set(written.map(({ row }) => row.split("-")[0]))).toEqual(new Set(["instance0"]));
    expect(Math.max(...written.map(({ counts }) => 2 * counts.length))).toBeLessThan(65_536);
    const { puts } = state;
    await one?.exchange.run(start + 15_000);
    await two?.exchange.run(start + 15_000);
    expect(state.puts).toBe(puts);
  });

  test("forgets what is older than a day, and of best days what is older than 15", async () => {
    const { table, rows } = createTable();
    const [one] = named(1, table);
    for (let hour = 0; hour < 20 * 24; hour++) {
      one?.guard.judge(signIn(), start + hours(hour));
      one?.guard.verified(signIn(), start + hours(hour));
      await one?.exchange.run(start + hours(hour));
    }
    const kept = [...rows.values()];
    expect(kept.filter(({ partition }) => partition !== "verified")).toHaveLength(25);
    expect(kept.filter(({ partition }) => partition === "verified")).toHaveLength(16);
  });

  test("with rows that nobody understands costs nothing", async () => {
    const { table } = createTable();
    const partition = "2030-01-15T09";
    for (const [index, counts] of [
      "",
      "[",
      "null",
      "7",
      '{"n":1}',
      '{"pAAAA":[1,"x"]}',
      '{"c":[1]}',
      '{"pAAAAAA":[1,2,3,4,5,6,7]}',
    ].entries())
      await table.put({ partition, row: `odd-${index}`, counts });
    await table.put({ partition: "verified", row: "2030-01-14-odd", counts: '{"GB":"many"}' });
    const [one] = named(1, table);
    await one?.exchange.run(start);
    expect(one?.exchange.ageMs(start + 1_000)).toBe(1_000);
  });
});

describe("an instance that starts", () => {
  test("knows what was counted in the last 24 hours, by others and before its restart, and reads it once", async () => {
    const { table } = createTable();
    const [before] = named(1, table);
    for (let index = 0; index < 20; index++) {
      before?.guard.judge(toOneNumber(), start + hours(index));
      await before?.exchange.run(start + hours(index));
    }
    const now = start + hours(20);
    const after = createInstance(table, "after");
    expect(after.guard.judge(toOneNumber(), now)).toBeUndefined();
    for (let index = 0; index < 3; index++) await after.exchange.run(now + index * 15_000);
    expect(after.guard.judge(toOneNumber(), now + minutes(1))).toEqual({
      reason: "number-limit",
      count: 22,
      limit: 20,
    });
  });

  test("knows the countries' best days", async () => {
    const { table } = createTable();
    const [before] = named(1, table);
    for (let index = 0; index < 100; index++) before?.guard.verified(signIn(), start);
    await before?.exchange.run(start);
    const after = createInstance(table, "after");
    await after.exchange.run(start + hours(24));
    expect(after.counts.mostVerifiedInADay("US", start + hours(24))).toBe(100);
  });
});

describe("while the table is down", () => {
  test("each instance counts for itself, says how old the last exchange is, and knows all soon after", async () => {
    const { table, state } = createTable();
    const [one, two] = named(2, table);
    await one?.exchange.run(start);
    await two?.exchange.run(start);
    state.down = true;
    for (let index = 0; index < 8; index++)
      expect(one?.guard.judge(signIn({ phoneKey: "one" }), start + minutes(20 * index))).toBeUndefined();
    await expect(one?.exchange.run(start + minutes(150))).rejects.toThrow("down");
    expect(one?.exchange.ageMs(start + minutes(150))).toBe(minutes(150));
    state.down = false;
    const back = start + minutes(151);
    for (const instance of [one, two]) await instance?.exchange.run(back);
    expect(one?.exchange.ageMs(back)).toBe(0);
    expect(two?.counts.within("people", "number one", "day", back)).toBe(8);
    expect(one?.counts.within("people", "number one", "day", back)).toBe(8);
  });

  test("what the others tell late of the hour in which it went down is counted too", async () => {
    const { table, state } = createTable();
    const [one, two] = named(2, table);
    const run = async (instance: Instance | undefined, at: number) => instance?.exchange.run(start + at);
    await run(one, minutes(50));
    await run(two, minutes(50));
    state.down = true;
    two?.guard.judge(toOneNumber(), start + minutes(55));
    state.down = false;
    await run(one, minutes(70));
    await run(two, minutes(70) + 10_000);
    await run(one, minutes(70) + 15_000);
    expect(one?.counts.within("people", "number one", "day", start + minutes(71))).toBe(1);
  });

  test("no other is counted twice, whatever fails half-way", async () => {
    const { table } = createTable();
    const [one] = named(1, table);
    let calls = 0;
    const flaky: GuardTable = {
      ...table,
      async read(partition) {
        calls += 1;
        if (calls % 3 === 0) throw new Error("down");
        return table.read(partition);
      },
    };
    const two = createInstance(flaky, "two");
    for (let index = 0; index < 12; index++) {
      one?.guard.judge(toOneNumber(), start + minutes(20 * index));
      await one?.exchange.run(start + minutes(20 * index));
    }
    for (let index = 0; index < 60; index++)
      await two.exchange.run(start + hours(4) + 15_000 * index).catch(() => undefined);
    expect(two.counts.within("people", "number one", "day", start + hours(4))).toBe(12);
  });
});

describe("a clock that is set back", () => {
  async function readTwice(readAt: number): Promise<number | undefined> {
    const [one, two] = named(2, createTable().table);
    for (let index = 0; index < 5; index++) one?.guard.judge(toOneNumber(), start);
    await one?.exchange.run(start);
    await two?.exchange.run(start);
    await two?.exchange.run(start + readAt);
    for (const seconds of [20, 40, 60]) await two?.exchange.run(start + seconds * 1_000);
    expect(two?.exchange.ageMs(start + 60_000)).toBe(0);
    return two?.counts.within("people", "number one", "day", start);
  }

  test.each([minutes(20), hours(1), minutes(119)])(
    "has nobody counted twice, and exchanges go on (by %d ms)",
    async (by) => {
      expect(await readTwice(by)).toBe(5);
    },
  );
});

test("between one instance's counts and the next one's, hooks have their turn", async () => {
  const { table } = createTable();
  const instances = named(10, table);
  for (const { guard, exchange } of instances) {
    guard.judge(toOneNumber(), start);
    await exchange.run(start);
  }
  let [turns, over] = [0, false];
  const take = () => {
    turns += 1;
    if (!over) setImmediate(take);
  };
  setImmediate(take);
  await createInstance(table, "new").exchange.run(start);
  over = true;
  expect(turns).toBeGreaterThanOrEqual(10);
});
