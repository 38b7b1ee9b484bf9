import type { CodeKind } from "../../../src/rules/code-request.ts";
import type { Guard } from "../../../src/guard/guard.ts";
import type { UsedCode } from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "../suggest/exported-codes.ts";
import type { Person } from "./company.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { Random } from "./random.ts";
import { createTally, type Group, type Tally } from "./tally.ts";
import { minute, second, type Time } from "./time.ts";

/**
 * Returns the delay of Okta's event about a used code in ms. Undefined: the event never arrives.
 */
export type Feed = (usedAt: number) => number | undefined;

export interface Request {
  readonly person: Person;
  readonly kind: CodeKind;
  readonly group: Group;
  /** Whether the person asks for a call. Default: the person's preference. */
  readonly call?: boolean;
}

export interface Received {
  readonly refused: boolean;
  readonly arrives: boolean;
  readonly use: (at: number) => void;
}

/** A company's guard, Okta and 8x8, with a simulated clock. */
export interface World extends Queue {
  readonly random: Random;
  readonly request: (request: Request, at: number) => Received;
  /** Counts a person who gave up without a code after a refusal. */
  readonly receivedNothing: (request: Request, at: number) => void;
  /** Restarts all instances, which empties their counts. */
  readonly restart: () => void;
  readonly tally: Tally;
  /** The codes in the company's telemetry. */
  readonly codes: readonly ExportedCode[];
}

/** Number ranges that the operator has set. */
export type Ranges = Readonly<Record<"known" | "exempt", ReadonlySet<string>>>;

export interface WorldSettings {
  readonly start: () => Guard;
  /** Each code and each event reaches a random instance. */
  readonly instances: number;
  readonly ranges: Ranges;
  readonly feed: Feed;
  /** Okta names the user only for sign-ins. */
  readonly anonymous: boolean;
  /** Okta's own provider sends each code that is answered FAILED. */
  readonly hasProvider: boolean;
  readonly random: Random;
  /** Whether a code arrives after 8x8 sends it. */
  readonly delivers: (country: string, at: number) => boolean;
  readonly judged: Time;
}

/** The same values as in src/sent-codes. */
const [usableForMs, clockToleranceMs] = [15 * minute, 5 * second];

export function createWorld(settings: WorldSettings): World {
  const { start, instances, ranges, feed, anonymous, random, delivers, judged } = settings;
  const { hasProvider } = settings;
  const queue = createQueue();
  const tally = createTally();
  const startAll = () => Array.from({ length: instances }, start);
  let guards = startAll();
  /** A person's newest unused code of each kind. */
  const sentCodes = new Map<string, SentCode>();
  const codes: Exported[] = [];
  const isJudged = (at: number) => at >= judged.from && at < judged.until;

  function anyGuard(): Guard {
    const guard = guards[random.below(guards.length)];
    if (guard === undefined) throw new Error("There is no instance.");
    return guard;
  }

  /** Okta's event names the user and the purpose, but not the code. */
  function receiveEvent(row: string, usedAt: number, now: number): void {
    const sent = sentCodes.get(row);
    if (
      sent === undefined ||
      usedAt < sent.exported.at - clockToleranceMs ||
      usedAt > sent.exported.at + usableForMs
    )
      return;
    sentCodes.delete(row);
    sent.exported.used = { publishedAt: usedAt, at: now };
    anyGuard().used({ ...sent.code, publishedAt: usedAt }, now);
  }

  return {
    ...queue,
    random,
    tally,
    codes,
    restart() {
      guards = startAll();
    },
    receivedNothing(request, at) {
      if (isJudged(at)) tally.receivedNothing(partyOf(request), request.person.userKey);
    },
    request(request, at) {
      const { person, kind } = request;
      const { call } = partyOf(request);
      const { phoneKey, userKey, country, range } = person;
      const knownRange = ranges.known.has(range) ? range : undefined;
      const exempt = ranges.exempt.has(range);
      const code = {
        kind,
        phoneKey,
        userKey,
        country,
        knownRange,
        channel: call ? "voice" : "sms",
      } as const;
      const isNamed = !anonymous || kind === "sign-in";
      const named = isNamed ? code : { ...code, userKey: undefined };
      const { refused } = anyGuard().judge({ ...named, exempt, allowed: false }, at);
      const fate = !refused?.enforced ? "sent" : refused.suppressible ? "silenced" : "failed";
      const reason = fate === "sent" ? undefined : refused?.reason;
      if (isJudged(at)) tally.count(partyOf(request), userKey, fate, reason);
      const exported: Exported = { ...named, at, range, taken: true, used: undefined };
      codes.push(exported);
      const row = `${userKey} ${kind} ${kind !== "enrollment" && call ? "call" : ""}`;
      if (isNamed && !exempt)
        sentCodes.set(row, { exported, code: { ...code, counted: fate === "sent" } });
      return {
        refused: fate !== "sent",
        arrives: fate === "sent" ? delivers(country, at) : fate === "failed" && hasProvider,
        use(usedAt) {
          const lateMs = feed(usedAt);
          if (lateMs !== undefined)
            queue.add(usedAt + lateMs, (now) => {
              receiveEvent(row, usedAt, now);
            });
        },
      };
    },
  };
}

function partyOf({ person, group, call = person.calls ?? false }: Request) {
  return { group, country: person.country, call };
}

type Exported = { -readonly [name in keyof ExportedCode]: ExportedCode[name] };

interface SentCode {
  readonly exported: Exported;
  readonly code: Omit<UsedCode, "publishedAt">;
}
