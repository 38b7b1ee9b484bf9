import { utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { inAzure, shortHashKeyIsRead, startBridge, type Bridge } from "../bridge.ts";
import { until } from "../until.ts";

const phoneNumber = "+12025550123";
const requestType = "com.okta.user.telephony.mfa-verification";

let azure: FakeAzure;
let bridges: Bridge[] = [];
let seconds: number;
beforeEach(async () => {
  azure = await startAzure();
  azure.vault.set("phone-hash-key", [{ value: "a-key-for-hashes" }]);
  writeFileSync(clock(), "");
  seconds = Math.floor(Date.now() / 1_000);
  moveClock(0);
});
afterEach(async () => {
  await Promise.all(bridges.map((bridge) => bridge.stop()));
  bridges = [];
  await azure.close();
});

const clock = () => join(azure.env["TMPDIR"] ?? "", "clock");
function moveClock(bySeconds: number): void {
  seconds += bySeconds;
  utimesSync(clock(), seconds, seconds);
}

/** Instances of the bundle, by default on one table, each of which has exchanged counts once. */
async function start(count: number, settings: Record<string, string> = {}): Promise<void> {
  const env = {
    ...inAzure(azure),
    ...{ STATE_TABLE_URL: azure.tables.url, GUARD_MODE: "enforce", MOVED_CLOCK: clock(), ...settings },
    NODE_OPTIONS: `--import ${resolve("test/fixtures/moved-clock.ts")}`,
  };
  const before = exchanges();
  while (bridges.length < count) {
    // Two at a time: a start takes a core.
    const starting = Array.from({ length: Math.min(2, count - bridges.length) }, () => startBridge(env));
    const started = await Promise.all(starting);
    bridges.push(...started);
    // What comes before is counted under a key of the instance's own.
    await Promise.all(started.map(shortHashKeyIsRead));
  }
  if (env.STATE_TABLE_URL === "" || env.GUARD_MODE === "off") return;
  await until(() => exchanges() === before + count, 60_000);
}

/** The days, the last 24 hours and this one, and what shows whether Okta's events can be believed. */
const readsAtStart = 27;
const reads = () =>
  azure.tables.requests.filter(({ method, path }) => method === "GET" && path.startsWith("/guard(")).length;
/** Of each, whether events can be believed is read last, once all counts are taken in. */
const exchanges = () => azure.tables.requests.filter(({ filter }) => filter === "PartitionKey eq 'feed'").length;

/** 15 seconds, in which each instance exchanges its counts once. */
async function exchange(): Promise<void> {
  const before = exchanges();
  moveClock(15);
  await until(() => exchanges() === before + bridges.length);
}

async function send(index: number): Promise<string | undefined> {
  const body = hookBody({
    messageProfile: { phoneNumber },
    userProfile: { userId: "00uone00000000000000" },
    envelope: { requestType },
  });
  const answered = await bridges[index % bridges.length]?.post(body);
  return answered?.judged.reason ?? answered?.judged.answer;
}

/** To one instance after the other. */
async function sendMany(count: number): Promise<(string | undefined)[]> {
  const told = [];
  for (let index = 0; index < count; index++) told.push(await send(index));
  return told;
}

const sent = (told: readonly (string | undefined)[]) => told.filter((answer) => answer === "successful").length;

test.each([2, 10])(
  "%d instances on one table hold a person's limit of 10 at 10, with one code each 30 s",
  async (count) => {
    await start(count);
    const told = [];
    for (let index = 0; index < 14; index++) {
      const before = exchanges();
      told.push(await send(index));
      // The limit is half reached: that instance exchanges its counts at once.
      if (index >= 5) await until(() => exchanges() === before + 1);
      await exchange();
      await exchange();
    }
    expect([sent(told), ...told.slice(10)]).toEqual([10, ...Array<string>(4).fill("user-limit")]);
  },
  120_000,
);

test("instances without a table hold it each for itself, and say so when they start", async () => {
  await start(2, { STATE_TABLE_URL: "" });
  expect(sent(await sendMany(24))).toBe(20);
  expect(azure.tables.requests).toEqual([]);
  for (const { app } of bridges) expect(app.output()).toContain("The guard counts the codes of this instance alone");
});

test("an instance whose guard is off counts nothing and exchanges nothing", async () => {
  await start(1, { GUARD_MODE: "off" });
  expect(sent(await sendMany(12))).toBe(12);
  await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length > 0, 15_000);
  moveClock(60);
  await sleep(500);
  await bridges.pop()?.stop();
  expect(azure.tables.requests.filter(({ path }) => path.startsWith("/guard("))).toEqual([]);
  const properties = azure.ingestion.events("otp-delivery").map((event) => Object.keys(event.properties));
  expect(properties.flat().filter((name) => /guard|range|feed/i.test(name))).toEqual([]);
});

test("an instance that starts reads once what others have counted, of which the last was told when it stopped", async () => {
  await start(1);
  // So few that no limit is near, and none of them is told before the next exchange is due.
  expect(sent(await sendMany(5))).toBe(5);
  await bridges.pop()?.stop();
  await start(1);
  const before = reads();
  const told = await sendMany(6);
  expect([sent(told), told.at(-1)]).toEqual([5, "user-limit"]);
  await exchange();
  // One hour by now; the one before too while it is young, and again every 5 s while a limit is near.
  expect(reads() - before).toBeLessThan(readsAtStart / 2);
});

test("while the table is down an instance goes on counting, warns once, and tells how old its last exchange is", async () => {
  await start(1);
  azure.tables.fail("down");
  const told = await sendMany(10);
  for (let minute = 0; minute < 3; minute++) {
    moveClock(60);
    await sleep(1_000);
  }
  expect([sent(told), await send(0)]).toEqual([10, "user-limit"]);
  const warnings = bridges[0]?.app.output().match(/The guard's counts could not be exchanged \(\w+\)/g);
  expect(warnings).toHaveLength(1);
  await bridges.pop()?.stop();
  const ages = azure.ingestion.events("otp-delivery").map(({ properties }) => Number(properties["guardExchangeAgeS"]));
  expect(ages).toEqual([...Array<number>(10).fill(0), 180]);
});
