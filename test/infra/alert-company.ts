// Simulates a company whose people ask Okta for codes, and the events that the app sends.
import { byHour, createRandom, day, hour, second, shares, timeOfDay } from "../guard/company.ts";
import type { Row } from "./kql-run.ts";

export const sunday = Date.parse("2030-01-20T00:00:00Z");

/** Shifts begin at 6, 14 and 22 o'clock, on each day of the week. */
const byShift = [2, 1, 1, 1, 2, 20, 14, 3, 3, 3, 3, 3, 4, 20, 14, 3, 3, 3, 3, 2, 2, 20, 14, 2];

/** What the app answers. `lost`: Okta's call does not reach the app. */
export type Fate =
  | "accepted"
  | "lost"
  | "unauthenticated"
  | readonly [outcome: "rejected" | "unconfirmed" | "unavailable", reason: string];

export interface Code {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly person: string;
  readonly country: string;
  readonly fate: Fate;
  /** Whether the outage lost the code. */
  readonly isLost: boolean;
}

export interface World {
  readonly codesPerDay: number;
  readonly seed: number;
  readonly works?: "office hours" | "shifts";
  /** Share of the codes that fail for a reason of the person, mostly a wrong number. */
  readonly wrong?: number;
  /** Whether people whose code failed ask two or three times. */
  readonly asksAgain?: boolean;
  readonly days: number;
  /** Number of a day on which the office is closed. Sunday, the first day, is 0. */
  readonly holiday?: number;
  /** Period in which a stranger calls every 20 seconds. */
  readonly stranger?: readonly [from: number, to: number];
  readonly outage?: {
    readonly from: number;
    /** Returns undefined if the outage does not concern the code. */
    readonly fate: (country: string, random: () => number) => Fate | undefined;
  };
}

export function codesOf(world: World): readonly Code[] {
  const { codesPerDay, seed, works = "office hours", wrong = 0.05, asksAgain = true } = world;
  const random = createRandom(seed);
  const served = Object.entries(shares).slice(0, { 30: 2, 200: 3, 1_000: 5 }[codesPerDay] ?? 8);
  const countries = served.flatMap(([country, share]) => Array<string>(share).fill(country));
  const people = Math.ceil(codesPerDay * 0.6);
  // A person with a wrong number asks 2.5 times on average, and others 1.08 times.
  const wrongSessions = asksAgain ? wrong / (wrong + (2.5 / 1.08) * (1 - wrong)) : wrong;
  const codes: Code[] = [];

  function healthy(): Fate {
    const chance = random();
    if (chance < 0.001) return ["unavailable", "provider-error"];
    return chance < 0.003 ? ["unconfirmed", "deadline"] : "accepted";
  }

  function session(from: number): void {
    const { outage } = world;
    const index = Math.floor(random() * people);
    const country = countries[(37 * index) % countries.length] as string;
    const isWrong = random() < wrongSessions;
    const ownReason = random() < 0.7 ? "invalid-number" : "rejected-by-provider";
    const attempts = random() < 0.5 ? 2 : 3;
    let at = from;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const struck = outage && at >= outage.from ? outage.fate(country, random) : undefined;
      const fate = struck ?? (isWrong ? ["rejected", ownReason] : healthy());
      const code = { person: `person-${index}`, country, isLost: struck !== undefined };
      codes.push({ ...code, at, fate });
      at += (30 + 60 * random()) * second;
      if (fate !== "accepted" && asksAgain) continue;
      // Some people ask for a second code before the first one has arrived.
      if (fate === "accepted" && !outage && random() < 0.08)
        codes.push({ ...code, at, fate: random() < 0.1 ? ["rejected", "resend-interval"] : fate });
      return;
    }
  }

  for (let today = 0; today < world.days; today++) {
    const [isWeekend, isFriday] = [today % 7 === 0 || today % 7 === 6, today % 7 === 5];
    const isOffice = works === "office hours";
    const closed = isWeekend || today === world.holiday ? (isOffice ? 0.1 : 0.8) : 1;
    const expected = ((codesPerDay * closed) / 1.1) * (0.9 + 0.2 * random());
    for (let nth = 0; nth < expected; nth++) {
      const time = timeOfDay(random(), isOffice ? byHour : byShift);
      // On Friday afternoons, fewer people work.
      if (isOffice && isFriday && time > 15 * hour && random() < 0.4) continue;
      session(sunday + today * day + time);
    }
  }
  const [from, to] = world.stranger ?? [0, 0];
  for (let at = sunday + from; at < sunday + to; at += 20 * second)
    codes.push({ at, person: "", country: "", fate: "unauthenticated", isLost: false });
  return codes.sort((one, other) => one.at - other.at);
}

/** The events of the app, in the format of Application Insights. */
export function eventsOf(codes: readonly Code[], seed: number): readonly Row[] {
  const random = createRandom(seed);
  return codes.flatMap(({ at, person, country, fate }, nth) => {
    if (fate === "lost") return [];
    const named =
      typeof fate === "string" ? { outcome: fate } : { outcome: fate[0], reason: fate[1] };
    const durationMs = random() < 0.0025 ? "2300" : "300";
    const read = fate === "unauthenticated" ? {} : { oktaUserId: person, country, provider: "8x8" };
    const customDimensions = { ...named, ...read, durationMs };
    return [{ timestamp: at, name: "otp-delivery", customDimensions, operation_Id: `${nth}` }];
  });
}
