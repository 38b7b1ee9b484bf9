import { keyedHash } from "../delivery/redacted.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import { namesNumber, type PhonePolicy } from "../delivery/phone-policy.ts";
import { type PhoneNumber, phoneHashOf } from "../delivery/phone-number.ts";
import { createExchange } from "../guard/exchange.ts";
import type { GuardTable } from "../guard/guard-table.ts";
import { createGuard } from "../guard/guard.ts";
import { createMemory } from "../guard/memory.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { Config, State } from "../settings/config.ts";
import type { GuardTrace } from "../telemetry/hook-trace.ts";
import type { Clock } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { loadedLate } from "../timing/runner.ts";
import { createExchangeRuns } from "./exchange-runs.ts";
import { noteWhatIsMissing } from "./guard-notes.ts";

/** The guard, wired. Nothing here throws or is waited for, and nothing keeps a code from a person but a verdict. */
export interface Guarding {
  /** Judges the code, and counts it where it is let through. Undefined where that failed: the code is sent then. */
  readonly judge: (
    delivery: Pick<OtpDelivery, "oktaUserId" | "kind">,
    phoneNumber: PhoneNumber,
  ) => GuardTrace | undefined;
  /** Somebody used the code, as Okta published then. To be called once for each code. */
  readonly used: (code: SentCode, publishedAt: Date) => void;
  /** Nobody is being answered: the moment to load what blocks the worker. From now on counts are exchanged. */
  readonly open: () => void;
  readonly flush: () => Promise<void>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly loadTable: (url: string, clientId: string) => GuardTable;
  readonly phoneHashKey: () => string | undefined;
  /** Whether no event secret exists, so that Okta's events are not received. */
  readonly eventsAreOff: () => boolean;
  readonly warn: (message: string) => void;
  /** For what is worth knowing and no cause for worry. */
  readonly note: (message: string) => void;
}

interface ChosenGuard {
  readonly guard: NonNullable<Config["guard"]>;
  /** Where it is a table, counts are exchanged in it with those of other instances. */
  readonly state: State;
  readonly phonePolicy: Pick<PhonePolicy, "allowedCountries" | "allowedCallingCodes">;
}

/** 96 bits: no two people share them, and rows stay small. */
const keyBytes = 12;

export function createGuarding(
  { guard: { mode, settings }, state, phonePolicy }: ChosenGuard,
  { clock, loadTable, phoneHashKey, eventsAreOff, warn, note }: Surroundings,
): Guarding {
  /** Where there is no key that all instances have, people are counted, and reported to nobody. */
  const ownKey = crypto.randomUUID();
  const hashKey = () => phoneHashKey() ?? ownKey;
  const keyOf = (userId: string) => keyedHash(userId, hashKey(), keyBytes);
  const exchange =
    state.in === "table"
      ? createExchange({
          table: openedLate(loadedLate(() => loadTable(state.url, state.clientId))),
          instance: crypto.randomUUID().replaceAll("-", ""),
          reportsPeople: () => phoneHashKey() !== undefined,
        })
      : undefined;
  const runs = exchange && createExchangeRuns(clock, exchange, warn);
  const guard = createGuard(settings, exchange?.memory ?? createMemory(), () => exchange?.hasten());
  const failed = createFailureWarning(clock, "The guard failed, and kept nobody from a code", warn);
  const notes = noteWhatIsMissing({ clock, state, phoneHashKey, eventsAreOff, note });

  return {
    judge({ oktaUserId, kind }, phoneNumber) {
      try {
        const now = clock.now();
        const phoneKey = phoneHashOf(phoneNumber, hashKey(), keyBytes);
        const code = {
          ...{ kind, phoneKey, userKey: oktaUserId && keyOf(oktaUserId) },
          ...placeOf(phoneNumber),
          countryAllowed: namesNumber(phoneNumber, phonePolicy),
        };
        const eventsBelieved = guard.eventsBelieved(now);
        const judgment = guard.judge(code, now);
        return {
          verdict: judgment.refused,
          refused: mode === "enforce" ? judgment.refused?.reason : undefined,
          counted: judgment.refused ? undefined : { at: new Date(now), takeBack: judgment.takeBack },
          phoneKey,
          eventsBelieved,
          exchangeAgeMs: exchange?.ageMs(now),
        };
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    used({ oktaUserId, kind, phoneKey, countedAt, sentAt, country, callingCode, range }, publishedAt) {
      // The row of an earlier version does not say whose it was, or where.
      if (callingCode === undefined || range === undefined || phoneKey === undefined) return;
      try {
        const code = {
          ...{ kind, phoneKey, userKey: keyOf(oktaUserId) },
          ...placeOf({ country, callingCode, range }),
          askedAt: (countedAt ?? sentAt).getTime(),
          counted: countedAt !== undefined,
          publishedAt: publishedAt.getTime(),
        };
        guard.used(code, clock.now());
      } catch (error) {
        failed(error);
      }
    },
    open() {
      runs?.open();
      notes.start();
    },
    flush: () => runs?.flush() ?? Promise.resolve(),
  };
}

/** Where its country is not known, the calling code stands for it. */
function placeOf({ country, callingCode, range }: Pick<PhoneNumber, "country" | "callingCode" | "range">) {
  return { range, country: country ?? `+${callingCode}` };
}

function openedLate(table: () => Promise<GuardTable>): GuardTable {
  return {
    put: async (row) => (await table()).put(row),
    read: async (partition) => (await table()).read(partition),
    sweep: async (...before) => (await table()).sweep(...before),
  };
}
