// Simulates a company with its people, Okta, 8x8 and the app's guard.
import type { CodeKind } from "../../src/rules/code-request.ts";
import type { Country, PhoneNumber } from "../../src/rules/phone-number.ts";
import { createGuard } from "../../src/guard/guard.ts";
import type { CountryLimits } from "../../src/guard/limits.ts";

export const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const monday = Date.parse("2030-01-21T00:00:00Z");

/** Percentage of the people in each country. Smaller companies have people in fewer countries. */
export const shares = { GB: 40, US: 25, DE: 15, SG: 8, IN: 6, FR: 3, BR: 2, JP: 1 };
/** Relative number of codes in each hour of the day. Work starts at nine. */
export const byHour = [
  1, 1, 1, 1, 1, 2, 4, 8, 24, 28, 20, 16, 14, 16, 16, 14, 12, 10, 8, 6, 4, 4, 2, 2,
];

type Phone = Pick<PhoneNumber, "country" | "callingCode" | "hash" | "isIn">;
export interface Person {
  readonly userId: string;
  readonly number: Phone;
  readonly call: boolean;
}
export interface Asked {
  readonly person: Person;
  readonly kind: CodeKind;
  readonly by: "person" | "attacker";
}
export interface Code extends Asked {
  /** Milliseconds from the start of the simulation. */
  readonly at: number;
  readonly fate: "sent" | "FAILED" | "silenced";
}
type Limits = ReadonlyMap<string, CountryLimits>;

export interface World {
  readonly codesPerDay: number;
  readonly seed: number;
  readonly limits: Limits;
  readonly instances?: number;
  readonly days?: number;
  readonly lateMs?: number;
  /**
   * From nine to twelve on Monday, 8x8 is silent, accepts codes that do not arrive, or is silent
   * while a second provider accepts the codes.
   */
  readonly outage?: "silent" | "lost" | "rescued";
  /** Only this country has the outage. */
  readonly outageIn?: "GB";
  /** Impatient people ask six times for a code, and come back this many times. */
  readonly comebacks?: number;
  /** Only people of this country request codes, because each country has its own limits. */
  readonly within?: "GB" | "the smallest country";
}

export function createCompany({
  codesPerDay,
  seed,
  limits,
  instances = 1,
  days = 1,
  ...world
}: World) {
  const random = createRandom(seed);
  const anyOf = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const served = Object.entries(shares).slice(0, { 200: 3, 1_000: 5 }[codesPerDay] ?? 8);
  const countries = served.map(([country]) => country);
  const smallest = countries.at(-1);
  const only = world.within === "GB" ? "GB" : world.within && smallest;
  const ofAll = served.flatMap(([country, share]) => Array<string>(share).fill(country));
  const byShare = ofAll.filter((country) => country === (only ?? country));
  const codesToday = (codesPerDay * byShare.length) / ofAll.length;
  /** Planned actions in each second. A map would be slower than the rest of the simulation. */
  const planned = Array<(() => void)[] | undefined>((days * day) / second);
  const codes: Code[] = [];
  const busy = new Set<string>();
  let [now, numbers] = [0, 0];
  const clock = { now: () => monday + now, elapsed: () => now };
  function warn(message: string): never {
    throw new Error(message);
  }
  const surroundings = { clock, phoneHashKey: () => "a key", eventsAreJoined: () => true, warn };
  const settings = { mode: "enforce", countryLimits: limits, exemptRanges: [] } as const;
  const guards = Array.from({ length: instances }, () => createGuard(settings, surroundings));

  /** @param at Milliseconds after the start. */
  function plan(at: number, act: () => void): void {
    const key = Math.max(Math.floor(at / second), now / second + 1);
    if (key < planned.length) (planned[key] ??= []).push(act);
  }

  function newNumber(country = anyOf(byShare)): Phone {
    const id = `number ${String(++numbers)}`;
    return { country: country as Country, callingCode: "44", hash: () => id, isIn: () => false };
  }
  function hire(country?: string): Person {
    const number = newNumber(country);
    return { userId: `user ${String(numbers)}`, number, call: random() < 0.12 };
  }

  /** Requests a code. If the code arrives, returns a function that reports the code as used. */
  function request(asked: Asked): (() => void) | undefined {
    const { userId: oktaUserId, number, call } = asked.person;
    const { country, callingCode } = number;
    const code = { kind: asked.kind, channel: call ? "voice" : "sms", oktaUserId } as const;
    const guard = anyOf(guards);
    const verdict = guard.judge(code, number);
    const fate = verdict.ok ? "sent" : verdict.suppressible ? "silenced" : "FAILED";
    codes.push({ ...asked, at: now, fate });
    const isOut = now >= 9 * hour && now < 12 * hour && country === (world.outageIn ?? country);
    const { arrives, attempts } = fates[(isOut && world.outage) || "usual"];
    verdict.settle?.({ attempts });
    if (!verdict.ok || !arrives) return undefined;
    const { phoneKey, countedAt } = verdict.facts ?? {};
    return () => {
      const { lateMs = 2 * second } = world;
      const usedAt = new Date(monday + now);
      const used = { ...code, country, callingCode, phoneKey, countedAt };
      if (lateMs < Infinity)
        plan(now + lateMs, () => {
          anyOf(guards).used(used, usedAt);
        });
    };
  }

  function ask(person: Person, kind: CodeKind, comebacks?: number): void {
    if (comebacks === undefined && busy.has(person.userId)) return;
    busy.add(person.userId);
    const left = comebacks ?? world.comebacks ?? 0;
    const attempt = (nth: number): void => {
      const use = request({ person, kind, by: "person" });
      const asksAgain = use ? 0.08 : world.comebacks === undefined ? 0.65 : 1;
      if (random() < asksAgain && nth < 6)
        plan(now + (30 + random() * 90) * second, () => {
          attempt(nth + 1);
        });
      else if (!use && left > 0)
        plan(now + (20 + random() * 40) * minute, () => {
          ask(person, kind, left - 1);
        });
      else busy.delete(person.userId);
      if (use && random() < 0.93) plan(now + (10 + random() * 40) * second, use);
    };
    attempt(1);
  }

  const people = Array.from({ length: Math.round(codesToday * 0.6) }, () => hire());

  function planUsualDay(from: number): void {
    const isWeekend = (from / day) % 7 > 4;
    const sessions = Math.round((codesToday / 1.087) * (isWeekend ? 0.12 : 1));
    for (let index = 0; index < sessions; index++)
      plan(from + timeOfDay(random(), byHour), () => {
        const share = random();
        if (share < 0.03) ask(hire(), "enrollment");
        else ask(anyOf(people), share < 0.05 ? "recovery" : "sign-in");
      });
  }

  function run(): readonly Code[] {
    for (let today = 0; today < days * day; today += day) {
      planUsualDay(today);
      for (now = today; now < today + day; now += second)
        for (const act of planned[now / second] ?? []) act();
    }
    return codes;
  }

  return { countries, smallest, random, plan, ask, request, hire, newNumber, run };
}

export const attempt = {
  provider: "8x8",
  channel: "sms",
  host: "sms.8x8.com",
  status: 200,
  startedAt: new Date(monday),
  durationMs: 100,
} as const;
export const accepted = { ...attempt, ok: true, outcome: "accepted" } as const;
const unanswered = { ...attempt, ok: false, outcome: "unconfirmed", reason: "deadline" } as const;
const fates = {
  usual: { arrives: true, attempts: [accepted] },
  lost: { arrives: false, attempts: [accepted] },
  silent: { arrives: false, attempts: [unanswered] },
  rescued: { arrives: true, attempts: [unanswered, { ...accepted, provider: "second-hook" }] },
} as const;

export function timeOfDay(share: number, byHour: readonly number[]): number {
  let left = share * byHour.reduce((sum, one) => sum + one);
  const index = byHour.findIndex((one) => (left -= one) < 0);
  return (index + 1 + left / (byHour[index] ?? 1)) * hour;
}

/** The random generator mulberry32, which repeats its numbers for a seed on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns the limits that guard-limits.kql prints after two usual weeks. */
export function limitsFor(codesPerDay: number, seed: number): Limits {
  const company = createCompany({ codesPerDay, seed, limits: new Map(), days: 14 });
  const codes = company.run();
  const numbersOf = (country: string): CountryLimits => {
    const busiest = (is: (code: Code) => boolean, counted = (code: Code): unknown => code) => {
      const some = codes.filter((code) => code.person.number.country === country && is(code));
      const days = [...Map.groupBy(some, ({ at }) => Math.floor(at / day)).values()];
      return Math.max(0, ...days.map((all) => new Set(all.map(counted)).size));
    };
    const signIns = busiest(({ kind }) => kind === "sign-in");
    const newcomers = busiest(
      ({ kind }) => kind === "enrollment",
      ({ person }) => person.number,
    );
    return {
      enrollments: Math.max(60, 2 * newcomers),
      recoveries: Math.max(300, 5 * busiest(({ kind }) => kind === "recovery")),
      signIns: Math.max(1_000, 6 * signIns),
      calls: Math.max(300, 5 * busiest(({ person }) => person.call)),
    };
  };
  const others = { enrollments: 30, recoveries: 30, signIns: 80, calls: 60 };
  return new Map([
    ...company.countries.map((country) => [country, numbersOf(country)] as const),
    ["*", others],
  ]);
}
