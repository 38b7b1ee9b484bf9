import { isAbuse } from "../../src/delivery/outcome.ts";
import type { CodeKind } from "../../src/delivery/otp-delivery.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard, type Guard } from "../../src/guard/guard.ts";
import { createMemory } from "../../src/guard/memory.ts";
import type { Person } from "./company.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { Random } from "./random.ts";
import { count, createTallies, type Fate, type Group, type Tallies } from "./tally.ts";

/** REFUSED_ANSWER. */
export type Answer = "failed" | "suppress";

/** How long after its use Okta's event of a code arrives; undefined: never. */
export type Feed = (usedAt: number) => number | undefined;

export interface Request {
  readonly person: Person;
  readonly kind: CodeKind;
  readonly group: Group;
}

export interface Received {
  readonly fate: Fate;
  /** Whether a code reaches the phone. */
  readonly arrives: boolean;
  /** The person types it in. */
  readonly use: (at: number) => void;
}

/** A company's guard, Okta and 8x8, with a clock of their own. */
export interface World extends Queue {
  readonly random: Random;
  readonly request: (request: Request, at: number) => Received;
  /** A new instance that can't read the table. */
  readonly restart: () => void;
  readonly tallies: Tallies;
  /** Whether a code was refused, at any time, for what REFUSED_ANSWER is about. */
  readonly sawAbuse: () => boolean;
}

export interface WorldSettings {
  readonly settings: GuardSettings;
  readonly answer: Answer;
  readonly feed: Feed;
  readonly random: Random;
  /** Of 8x8: whether a code that is sent arrives. Okta's own provider always delivers. */
  readonly delivers: (country: string, at: number) => boolean;
  readonly judged: { readonly from: number; readonly until: number };
}

export function createWorld({ settings, answer, feed, random, delivers, judged }: WorldSettings): World {
  const queue = createQueue();
  const tallies = createTallies();
  const startInstance = (): Guard => createGuard(settings, createMemory(), () => undefined);
  let guard = startInstance();
  let sawAbuse = false;

  return {
    ...queue,
    random,
    tallies,
    sawAbuse: () => sawAbuse,
    restart() {
      guard = startInstance();
    },
    request({ person, kind, group }, at) {
      const { refused } = guard.judge({ ...person, kind, countryAllowed: false }, at);
      const abuse = refused !== undefined && isAbuse(refused.reason);
      sawAbuse ||= abuse;
      const fate = refused === undefined ? "sent" : answer === "suppress" && abuse ? "silenced" : "failed";
      if (at >= judged.from && at < judged.until) count(tallies[group], fate, person.userKey, refused?.reason, at);
      return {
        fate,
        arrives: fate === "failed" || (fate === "sent" && delivers(person.country, at)),
        use(usedAt) {
          const lateMs = feed(usedAt);
          if (lateMs === undefined) return;
          const used = { ...person, kind, askedAt: at, counted: refused === undefined, publishedAt: usedAt };
          queue.add(usedAt + lateMs, (now) => {
            guard.used(used, now);
          });
        },
      };
    },
  };
}
