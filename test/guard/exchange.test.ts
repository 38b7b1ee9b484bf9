import { sumOf, unusedOf, within } from "../../src/guard/counts.ts";
import { runEveryMs, type GuardTable } from "../../src/guard/exchange.ts";
import {
  beBelieved,
  createInstance,
  createTable,
  days,
  enrollment,
  hours,
  minutes,
  passed,
  reasonOf,
  reasonsOf,
  sendAndUse,
  signIn,
  start,
  times,
  use,
  type Instance,
} from "./guarding.ts";

const named = (count: number, table: GuardTable) => times(count, (index) => createInstance(table, `instance${index}`));
const exchangeAll = async (instances: readonly Instance[], at: number) => {
  for (const { exchange } of instances) await exchange.run(at);
};
function two(table = createTable().table): readonly [Instance, Instance] {
  return [createInstance(table, "one"), createInstance(table, "two")];
}

const person = { userKey: "00000000-one", phoneKey: "00000000-phone" };
const toOne = () => signIn(person);
const sentTo = ({ exchange }: Instance, now: number) =>
  sumOf(within(exchange.memory.people, `sign-in ${person.userKey}`, "day", now), "sent");
const unused = ({ exchange }: Instance, key: string, now: number) =>
  unusedOf(within(exchange.memory.places, key, "day", now));

/** Codes, one each `everyMs`, at one instance after the other; each instance exchanges as it does in life. */
async function sendTo(
  instances: readonly Instance[],
  count: number,
  everyMs: number,
  create: () => ReturnType<typeof signIn>,
) {
  let sent = 0;
  const stepMs = Math.min(everyMs, 500);
  for (let at = 0; at < count * everyMs; at += stepMs) {
    for (const [index, { exchange }] of instances.entries())
      if ((at + index * 1_500) % runEveryMs < stepMs) await exchange.run(start + at);
    const instance = instances[(at / everyMs) % instances.length];
    if (instance !== undefined && reasonOf(instance.guard, create(), start + at) === undefined) sent += 1;
  }
  return sent;
}

describe("instances that exchange their counts", () => {
  test.each([2, 10])("hold a person's limit of 10 at 10, with one code each 30 s: %d of them", async (count) => {
    expect(await sendTo(named(count, createTable().table), 60, 30_000, toOne)).toBe(10);
  });

  test.each([
    [2, 27],
    [10, 33],
  ])(
    "let a country that is pumped once a second pass its cap of 20 by little: %d of them, %d at most",
    async (count, atMost) => {
      const sent = await sendTo(named(count, createTable().table), 120, 1_000, () => enrollment());
      expect(sent).toBeGreaterThanOrEqual(20);
      expect(sent).toBeLessThanOrEqual(atMost);
    },
  );

  test("a code that is used at another instance, and in another hour, is unused nowhere", async () => {
    const instances = two();
    const [one, other] = instances;
    const sentAt = start + minutes(58);
    const code = enrollment();
    reasonsOf(one.guard, [enrollment(), code, code, enrollment()], 0, sentAt);
    await exchangeAll(instances, sentAt);
    use(other.guard, code, sentAt, { publishedAt: sentAt + minutes(12) });
    await exchangeAll(instances, sentAt + minutes(13));
    await exchangeAll(instances, sentAt + minutes(14));
    for (const instance of instances)
      for (const key of ["enrollments GB", "enrollments +44770090"])
        expect(unused(instance, key, sentAt + minutes(14))).toBe(2);
  });

  test("a use that arrives before the count of its code takes off that code and no other", async () => {
    const instances = two();
    const [one, other] = instances;
    await exchangeAll(instances, start);
    const code = enrollment();
    reasonsOf(one.guard, [enrollment(), code], 0, start);
    use(other.guard, code, start);
    other.guard.judge(enrollment(), start + minutes(10));
    expect(unused(other, "enrollments GB", start + minutes(10))).toBe(1);
    await exchangeAll([other, one], start + minutes(11));
    await exchangeAll(instances, start + minutes(12));
    for (const instance of instances) expect(unused(instance, "enrollments GB", start + minutes(12))).toBe(2);
  });

  test("what 8x8 did not take is taken back at all of them", async () => {
    const instances = two();
    const [one, other] = instances;
    const judged = one.guard.judge(toOne(), start);
    await exchangeAll(instances, start);
    expect(sentTo(other, start)).toBe(1);
    if (judged.refused === undefined) judged.takeBack();
    await exchangeAll(instances, start + 15_000);
    expect(instances.map((instance) => sentTo(instance, start))).toEqual([0, 0]);
  });

  test("report a pumped range however many people they have to report", async () => {
    const instances = two();
    const [one, other] = instances;
    await exchangeAll(instances, start);
    for (let count = 0; count < 20_001; count++) one.guard.judge(signIn(), start);
    one.guard.judge(enrollment(), start);
    await exchangeAll(instances, start + 15_000);
    expect(unused(other, "enrollments +44770090", start + 15_000)).toBe(1);
  });

  test("believe Okta's events by the outcomes of all, and disbelieve them by the silence at all", async () => {
    const instances = two();
    const [one, other] = instances;
    beBelieved(one.guard, start);
    await exchangeAll(instances, start);
    expect(other.guard.eventsBelieved(start)).toBe(true);
    for (const { guard } of instances) for (let count = 0; count < 10; count++) guard.judge(signIn(), start);
    expect(instances.map(({ guard }) => guard.eventsBelieved(start))).toEqual([true, true]);
    await exchangeAll([one, other, one], start + 15_000);
    await exchangeAll([one, other, one], start + 30_000);
    expect(instances.map(({ guard }) => guard.eventsBelieved(start + 30_000))).toEqual([false, false]);
  });
});

describe("the table", () => {
  test("has nothing of people where each instance hashes them for itself", async () => {
    const { table, rows } = createTable();
    const one = createInstance(table, "one", {}, false);
    const code = enrollment();
    for (let count = 0; count < 3; count++) sendAndUse(one.guard, code, start);
    sendAndUse(one.guard, toOne(), start);
    await one.exchange.run(start);
    expect(one.exchange.memory.regulars.inTwoWeeks("US", start)).toBe(0);
    const written = [...rows.values()].map(({ counts }) => counts).join(" ");
    expect(written).toContain("enrollments +44770090");
    for (const key of [code.phoneKey, code.userKey ?? "", person.userKey])
      expect(written).not.toContain(key.slice(0, 8));
  });

  test("is written by each instance in rows of its own, only where something changed, each below 64 KiB", async () => {
    const { table, rows, state } = createTable();
    const instances = two(table);
    for (let index = 0; index < 3_000; index++) instances[0].guard.judge(signIn(), start);
    await exchangeAll(instances, start);
    const written = [...rows.values()];
    expect(written.filter(({ partition }) => partition === "2030-01-15T09").length).toBeGreaterThan(1);
    expect(written.filter(({ row }) => !row.split("-").includes("one"))).toEqual([]);
    expect(Math.max(...written.map(({ counts }) => 2 * counts.length))).toBeLessThan(65_536);
    const { puts } = state;
    await exchangeAll(instances, start + 15_000);
    expect(state.puts).toBe(puts);
  });

  test("forgets what is older than a day, and of days what is older than 15", async () => {
    const { table, rows } = createTable();
    const one = createInstance(table, "one");
    for (let hour = 0; hour < 20 * 24; hour++) {
      sendAndUse(one.guard, signIn(), start + hours(hour));
      await one.exchange.run(start + hours(hour));
    }
    const daysOf = (of: string) =>
      new Set([...rows.values()].filter(({ partition }) => partition === of).map(({ row }) => row.slice(0, 10)));
    expect([...rows.values()].filter(({ partition }) => partition.startsWith("2030"))).toHaveLength(24);
    expect([daysOf("days").size, daysOf("feed").size]).toEqual([16, 16]);
  });

  test("with rows that nobody understands costs nothing", async () => {
    const { table } = createTable();
    const odd = [
      "",
      "[",
      "null",
      "7",
      '{"p":1}',
      '{"pA":[1,"x"]}',
      '{"c":[[1]]}',
      '{"pA":[[1,2,3,4,5,6,7],[0.5,1],null]}',
      '{"outcomes":[[1],"x",["a",1]],"asked":[1,[1,1]]}',
      '{"GB":"many"}',
    ];
    for (const [index, counts] of odd.entries())
      for (const [partition, row] of [
        ["2030-01-15T09", `odd-${index}`],
        ["days", `2030-01-14-odd-usual-${index}`],
        ["days", `2030-01-14-odd-people-${index}`],
        ["feed", `2030-01-15-odd-${index}`],
      ] as const)
        await table.put({ partition, row, counts });
    const one = createInstance(table, "one");
    await one.exchange.run(start);
    expect(one.exchange.ageMs(start + 1_000)).toBe(1_000);
    expect(reasonOf(one.guard, toOne(), start)).toBeUndefined();
  });
});

describe("an instance that starts", () => {
  test("knows what was counted in the last 24 hours, by others and before its restart, and reads it once", async () => {
    const { table } = createTable();
    const before = createInstance(table, "before");
    for (let index = 0; index < 40; index++) {
      before.guard.judge(toOne(), start + minutes(30 * index));
      await before.exchange.run(start + minutes(30 * index));
    }
    const now = start + hours(20);
    const after = createInstance(table, "after");
    expect(reasonOf(after.guard, toOne(), now)).toBeUndefined();
    for (let index = 0; index < 3; index++) await after.exchange.run(now + index * 15_000);
    expect(after.guard.judge(toOne(), now + minutes(1)).refused).toEqual({
      reason: "user-limit",
      count: 42,
      limit: 40,
    });
  });

  test("knows what is usual, who is known where, and that events are believed", async () => {
    const { table } = createTable();
    const before = createInstance(table, "before");
    for (let day = 8; day > 0; day--) {
      for (let count = 0; count < 20; count++) sendAndUse(before.guard, signIn(), start - days(day));
      await before.exchange.run(start - days(day) + minutes(5));
    }
    const { guard, exchange } = createInstance(table, "after");
    await exchange.run(start);
    const { usual, regulars } = exchange.memory;
    expect([
      usual.daysKnown("others", start),
      usual.bestDay("US", start),
      usual.bestHour("others US", "sent", start),
    ]).toEqual([8, 20, 20]);
    expect([regulars.beforeToday("+1202555", start), regulars.knownForAWeek(start)]).toEqual([72, true]);
    expect(guard.eventsBelieved(start)).toBe(true);
  });

  test("reads what a version wrote that did not count recoveries apart: their cap begins after a week", async () => {
    const { table } = createTable();
    for (const day of times(8, (index) => new Date(start - days(index + 1)).toISOString().slice(0, 10)))
      await table.put({
        partition: "days",
        row: `${day}-old-usual-0`,
        counts: '{"uothers *":[[9,50]],"uothers US":[[9,50]]}',
      });
    const { guard, exchange } = createInstance(table, "new");
    await exchange.run(start);
    const sentOf = (kind: "sign-in" | "recovery") =>
      reasonsOf(
        guard,
        times(150, () => signIn({ kind })),
        1_000,
      ).filter((reason) => reason === undefined).length;
    expect([sentOf("recovery"), sentOf("sign-in")]).toEqual([150, 100]);
  });

  test("knows people by what was reported in two weeks, again after a week of each", async () => {
    const { table } = createTable();
    const before = createInstance(table, "before");
    for (const day of [20, 13]) {
      sendAndUse(before.guard, toOne(), start - days(day));
      await before.exchange.run(start - days(day));
    }
    const after = createInstance(table, "after");
    await after.exchange.run(start - days(1));
    expect(after.exchange.memory.regulars.inTwoWeeks("US", start - days(1))).toBe(1);
  });

  test("holds the cap for enrollments while it can read nothing", async () => {
    const { table, state } = createTable();
    state.down = true;
    const { guard, exchange } = createInstance(table, "new");
    await expect(exchange.run(start)).rejects.toThrow("down");
    expect(
      reasonsOf(
        guard,
        times(21, () => enrollment()),
        1_000,
      ),
    ).toEqual([...passed(20), "volume-cap"]);
  });
});

describe("while the table is down", () => {
  test("each instance counts for itself, says how old the last exchange is, and knows all soon after", async () => {
    const { table, state } = createTable();
    const instances = two(table);
    const [one, other] = instances;
    await exchangeAll(instances, start);
    state.down = true;
    expect(reasonsOf(one.guard, times(8, toOne), minutes(19))).toEqual(passed(8));
    await expect(one.exchange.run(start + minutes(150))).rejects.toThrow("down");
    expect(one.exchange.ageMs(start + minutes(150))).toBe(minutes(150));
    state.down = false;
    const back = start + minutes(151);
    await exchangeAll(instances, back);
    expect([one.exchange.ageMs(back), sentTo(other, back), sentTo(one, back)]).toEqual([0, 8, 8]);
  });

  test("what the others report late of the hour in which it went down is counted too", async () => {
    const { table } = createTable();
    const instances = two(table);
    const [one, other] = instances;
    await exchangeAll(instances, start + minutes(50));
    other.guard.judge(toOne(), start + minutes(55));
    await one.exchange.run(start + minutes(70));
    await other.exchange.run(start + minutes(70) + 10_000);
    await one.exchange.run(start + minutes(70) + 15_000);
    expect(sentTo(one, start + minutes(71))).toBe(1);
  });

  test("no other is counted twice, whatever fails half-way", async () => {
    const { table } = createTable();
    const one = createInstance(table, "one");
    let calls = 0;
    const flaky: GuardTable = {
      ...table,
      async read(partition) {
        calls += 1;
        if (calls % 3 === 0) throw new Error("down");
        return table.read(partition);
      },
    };
    const other = createInstance(flaky, "two");
    for (let index = 0; index < 12; index++) {
      one.guard.judge(toOne(), start + minutes(20 * index));
      await one.exchange.run(start + minutes(20 * index));
    }
    for (let index = 0; index < 60; index++)
      await other.exchange.run(start + hours(4) + 15_000 * index).catch(() => undefined);
    expect(sentTo(other, start + hours(4))).toBe(12);
  });
});

test.each([minutes(20), hours(1), minutes(119), hours(3)])(
  "where a clock is set back, nobody is counted twice, and exchanges go on (by %d ms)",
  async (by) => {
    const instances = two();
    const [one, other] = instances;
    reasonsOf(one.guard, times(5, toOne), 0);
    await exchangeAll(instances, start);
    await exchangeAll(instances, start + by);
    for (const seconds of [20, 40, 60]) await exchangeAll(instances, start + seconds * 1_000);
    expect([one.exchange.ageMs(start + 60_000), sentTo(one, start), sentTo(other, start)]).toEqual([0, 5, 5]);
  },
);

test("between one instance's counts and the next one's, hooks have their turn", async () => {
  const { table } = createTable();
  const instances = named(10, table);
  for (const { guard } of instances) guard.judge(toOne(), start);
  await exchangeAll(instances, start);
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
