import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { loadedLate } from "../timing/loaded-late.ts";
import { createCounts } from "../guard/counts.ts";
import { createExchange } from "../guard/exchange.ts";
import type { GuardTable } from "../guard/guard-table.ts";
import { createGuard } from "../guard/guard.ts";
import { keyedHash } from "../delivery/keyed-hash.ts";
import { requestTypeOf } from "../okta/request-type.ts";
import type { Config, State } from "../settings/config.ts";
import type { SentCode } from "../sent-codes/code-table.ts";
import type { GuardTrace } from "../telemetry/hook-trace.ts";
import { phoneHashOf } from "../telemetry/phone-properties.ts";
import { createExchangeRuns } from "./exchange-runs.ts";
import { createGuardTable } from "./sdks.ts";

/** The guard, wired. Nothing here throws or is waited for, and nothing keeps a code from a person but a verdict. */
export interface Guarding {
  /** Counts the code and judges it. Undefined where that failed: the code is sent then. */
  readonly judge: (
    delivery: Pick<OtpDelivery, "oktaUserId" | "requestType">,
    phoneNumber: PhoneNumber,
  ) => GuardTrace | undefined;
  /** Somebody used the code. To be told once for each code. */
  readonly verified: (code: SentCode) => void;
  /** Nobody is being answered: the moment to load what blocks the worker. From now on counts are exchanged. */
  readonly open: () => void;
  readonly flush: () => Promise<void>;
}

interface Surroundings {
  readonly phoneHashKey: () => string | undefined;
  readonly warn: (message: string) => void;
  /** For what is worth knowing and no cause for worry. */
  readonly note: (message: string) => void;
}

type ChosenGuard = NonNullable<Config["guard"]>;

/** @param state Where it is a table, counts are exchanged in it with those of other instances. */
export function createGuarding(
  { mode, settings }: ChosenGuard,
  state: State,
  { phoneHashKey, warn, note }: Surroundings,
): Guarding {
  /** Where there is no key that all instances have, people are counted, and told to nobody. */
  const ownKey = crypto.randomUUID();
  const keyOfPeople = () => phoneHashKey() ?? ownKey;
  const counts = createCounts();
  const exchange =
    state.in === "table"
      ? createExchange({
          counts,
          table: openedLate(loadedLate(() => createGuardTable(state))),
          instance: crypto.randomUUID().replaceAll("-", ""),
          tellsPeople: () => phoneHashKey() !== undefined,
        })
      : undefined;
  const runs = exchange && createExchangeRuns(exchange, warn);
  const guard = createGuard(settings, counts, () => exchange?.hasten());
  const failed = createFailureWarning("The guard failed, and kept nobody from a code", warn);
  if (state.in === "nothing")
    note("The guard counts the codes of this instance alone: STATE_TABLE_URL is not set, so no counts are exchanged.");

  return {
    judge({ oktaUserId, requestType }, phoneNumber) {
      try {
        const [now, key] = [Date.now(), keyOfPeople()];
        const code = {
          phoneKey: phoneHashOf(phoneNumber, key),
          userKey: oktaUserId === undefined ? undefined : keyedHash(oktaUserId, key),
          ...placeOf(phoneNumber),
          requestType: requestTypeOf(requestType),
        };
        const verdict = guard.judge(code, now);
        return {
          verdict,
          refused: mode === "enforce" ? verdict?.reason : undefined,
          feedAlive: guard.feedAlive(now),
          exchangeAgeMs: exchange?.ageMs(now),
        };
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    verified({ country, callingCode, range, requestType }) {
      // The row of an earlier version says nothing of where it was.
      if (callingCode === undefined || range === undefined) return;
      const code = { ...placeOf({ country, callingCode, range }), requestType: requestTypeOf(requestType) };
      try {
        guard.verified(code, Date.now());
      } catch (error) {
        failed(error);
      }
    },
    open: () => runs?.open(),
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
