import { createCounts } from "../../src/guard/counts.ts";
import { createExchange, runEveryMs, type GuardRow, type GuardTable } from "../../src/guard/exchange.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard, type GuardedCode } from "../../src/guard/guard.ts";
import { createRandom, type Random } from "./random.ts";
import { second } from "./session.ts";

export interface Flood {
  readonly says: string;
  readonly everyMs: number;
  readonly forMs: number;
  readonly limits: Partial<GuardSettings>;
  readonly limit: number;
  readonly code: (index: number) => GuardedCode;
}

const place = { range: "+44770090", country: "GB" };
const onlyRange = { rangeUnverified: { hour: 20 }, countryUnverified: {} };
const enrolment = (index: number): GuardedCode => ({
  ...place,
  phoneKey: `number ${index}`,
  userKey: `user ${index}`,
  requestType: "enrolment",
});

export const floods: readonly Flood[] = [
  {
    says: "one number, a code each 30 s",
    ...{ everyMs: 30 * second, forMs: 1_800 * second, limits: {}, limit: 8 },
    code: () => ({ ...place, phoneKey: "one", userKey: undefined, requestType: "other" }),
  },
  {
    says: "one range, a code each second",
    ...{ everyMs: second, forMs: 120 * second, limits: onlyRange, limit: 20, code: enrolment },
  },
  {
    says: "one range, ten codes a second",
    ...{ everyMs: second / 10, forMs: 120 * second, limits: onlyRange, limit: 20, code: enrolment },
  },
];

export interface Overshoot {
  readonly flood: Flood;
  readonly instances: number;
  readonly exchanged: boolean;
  /** The most of all runs. */
  readonly sent: number;
}

const start = Date.parse("2030-01-15T09:00:00Z");
const small = { keys: 4_000, entries: 8_000 };

/** How many codes go out in a flood that meets instances by chance, each of which exchanges its counts as it does in Azure. */
export async function measureOvershoot(
  flood: Flood,
  given: { readonly instances: number; readonly exchanged: boolean; readonly runs: number; readonly seed: number },
  settings: GuardSettings,
): Promise<Overshoot> {
  let most = 0;
  for (let run = 0; run < given.runs; run++) {
    const random = createRandom(given.seed * 1_000 + run);
    most = Math.max(most, await send(flood, given, { ...settings, ...flood.limits }, random));
  }
  return { flood, instances: given.instances, exchanged: given.exchanged, sent: most };
}

async function send(
  { everyMs, forMs, code }: Flood,
  { instances: count, exchanged }: { readonly instances: number; readonly exchanged: boolean },
  settings: GuardSettings,
  random: Random,
): Promise<number> {
  const table = createTable();
  const instances = Array.from({ length: count }, (_, index) => createInstance(table, index, settings, random));
  const stepMs = second / 10;
  let sent = 0;
  for (let at = 0; at < forMs; at += stepMs) {
    if (exchanged)
      for (const { exchange, phaseMs } of instances)
        if ((at + phaseMs) % runEveryMs < stepMs) await exchange.run(start + at);
    if (at % everyMs !== 0) continue;
    const verdict = instances[random.below(count)]?.guard.judge(code(at / everyMs), start + at);
    if (verdict === undefined) sent += 1;
  }
  return sent;
}

function createInstance(table: GuardTable, index: number, settings: GuardSettings, random: Random) {
  const both = { own: small, others: small };
  const counts = createCounts(both, both);
  const exchange = createExchange({ counts, table, instance: `instance${index}`, tellsPeople: () => true });
  const guard = createGuard(settings, counts, () => {
    exchange.hasten();
  });
  // Without outcomes the rule on ranges would be off.
  for (let used = 0; used < 20; used++)
    guard.verified({ range: "+1202555", country: "US", requestType: "other" }, start - second);
  return { guard, exchange, phaseMs: random.between(0, runEveryMs) };
}

function createTable(): GuardTable {
  const rows = new Map<string, GuardRow>();
  return {
    put: (row) => {
      rows.set(`${row.partition} ${row.row}`, row);
      return Promise.resolve();
    },
    read: (partition) => Promise.resolve([...rows.values()].filter((row) => row.partition === partition)),
    // The flood is over before there is anything old.
    sweep: () => Promise.resolve(),
  };
}
