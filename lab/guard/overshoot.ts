import { createExchange, runEveryMs, type GuardRow, type GuardTable } from "../../src/guard/exchange.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard } from "../../src/guard/guard.ts";
import type { GuardedCode } from "../../src/guard/guarded-code.ts";
import { align } from "./columns.ts";
import { createRandom, type Random } from "./random.ts";
import { judgedWeek, second } from "./time.ts";

interface Flood {
  readonly says: string;
  readonly everyMs: number;
  readonly forMs: number;
  readonly limit: number;
  readonly code: (index: number) => GuardedCode;
}

const place = { range: "+44770090", country: "GB", countryAllowed: true };
const enrollment = (index: number): GuardedCode => ({
  ...place,
  phoneKey: `number ${index}`,
  userKey: `user ${index}`,
  kind: "enrollment",
});

export const floods: readonly Flood[] = [
  {
    says: "one person, a code each 30 s",
    ...{ everyMs: 30 * second, forMs: 1_800 * second, limit: 10 },
    code: () => ({ ...place, phoneKey: "one", userKey: "one", kind: "sign-in" }),
  },
  {
    says: "one country, an enrollment each second",
    ...{ everyMs: second, forMs: 120 * second, limit: 20, code: enrollment },
  },
  {
    says: "one country, ten enrollments a second",
    ...{ everyMs: second / 10, forMs: 120 * second, limit: 20, code: enrollment },
  },
];

interface Given {
  readonly instances: number;
  readonly exchanged: boolean;
  readonly runs: number;
  readonly seed: number;
}

/** The most codes that go out in a flood that meets instances by chance, each of which exchanges its counts as it does in Azure. */
export async function measureOvershoot(flood: Flood, given: Given, settings: GuardSettings): Promise<number> {
  let most = 0;
  for (let run = 0; run < given.runs; run++)
    most = Math.max(most, await send(flood, given, settings, createRandom(given.seed * 1_000 + run)));
  return most;
}

async function send(
  { everyMs, forMs, code }: Flood,
  { instances: count, exchanged }: Given,
  settings: GuardSettings,
  random: Random,
): Promise<number> {
  const table = createTable();
  const instances = Array.from({ length: count }, (_, index) => {
    const exchange = createExchange({ table, instance: `instance${index}`, reportsPeople: () => true });
    const guard = createGuard(settings, exchange.memory, () => {
      exchange.hasten();
    });
    return { guard, exchange, phaseMs: random.between(0, runEveryMs) };
  });
  const stepMs = second / 10;
  let sent = 0;
  for (let at = 0; at < forMs; at += stepMs) {
    for (const { exchange, phaseMs } of exchanged ? instances : [])
      if ((at + phaseMs) % runEveryMs < stepMs) await exchange.run(judgedWeek + at);
    if (at % everyMs !== 0) continue;
    const judged = instances[random.below(count)]?.guard.judge(code(at / everyMs), judgedWeek + at);
    if (judged?.refused === undefined) sent += 1;
  }
  return sent;
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

export async function describeOvershoot(settings: GuardSettings, seed: number): Promise<string> {
  const rows: string[][] = [];
  for (const flood of floods)
    for (const [instances, exchanged] of [
      [2, true],
      [10, true],
      [10, false],
    ] as const) {
      const sent = await measureOvershoot(flood, { instances, exchanged, runs: 20, seed }, settings);
      rows.push([flood.says, String(instances), exchanged ? "yes" : "no", String(flood.limit), String(sent)]);
    }
  return align([["flood", "instances", "counts exchanged", "limit", "sent at most"], ...rows]);
}
