import { LRUCache } from "lru-cache";
import { bounded, type Clock, type Deadline } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import {
  isUsed,
  rowOf,
  type CodeRow,
  type CodeTable,
  type SentCode,
  type UsedRow,
} from "./code-table.ts";
import { foundNone, rowFor, type CodeUse } from "./code-use.ts";
import { createWriteBehind } from "./write-behind.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { Sent } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";

interface CodesSettings {
  readonly clock: Clock;
  readonly load: () => CodeTable;
  readonly warn: (message: string) => void;
}

/** `failed`: the table did not answer. `paired`: the enrollment's other event came first. */
type Found =
  | {
      readonly join: "joined";
      readonly code: SentCode;
      /** `waiting`: the table does not have the row yet. */
      readonly codeRow: "written" | "waiting";
    }
  | { readonly join: "none" | "failed" | "paired" };

const takeTimeoutMs = 1_000;
const sweepAfterMs = 60_000;
const sweepTimeoutMs = 30 * 60_000;
const sweepEveryMs = 3_600_000;
const keptForMs = 86_400_000;

/** Its methods never throw. */
export function createCodes({ clock, load, warn }: CodesSettings) {
  const claim = createClaims();
  const failed = createFailureWarning(clock, "The table of sent codes could not be used", warn);
  let loaded: CodeTable | undefined;
  // oxlint-disable-next-line typescript/require-await -- if load throws, the promise rejects
  const table = async () => (loaded ??= load());
  const call = <T>(
    act: (table: CodeTable, signal: AbortSignal) => Promise<T>,
    timeoutMs: number,
  ): Promise<T> => bounded(clock, async (signal) => act(await table(), signal), timeoutMs);
  const rows = createWriteBehind({
    write: async (row, signal) => (await table()).put(row, signal),
    clock,
    failed,
  });

  async function sweep(): Promise<void> {
    const before = new Date(clock.now() - keptForMs);
    await call((codes, signal) => codes.sweep(before, signal), sweepTimeoutMs).catch(failed);
    clock.after(sweepEveryMs, () => void sweep());
  }

  const list = (oktaUserId: string) =>
    call((codes, signal) => codes.list(oktaUserId, signal), takeTimeoutMs);

  /** If two events report a use at the same time, the first to mark the row gets the code. */
  async function takeFromTable(use: CodeUse, used: readonly UsedRow[]): Promise<Found> {
    // The table may still have an older code in a row that waits to be written as used.
    const isReplaced = (row: CodeRow) =>
      used.some((newer) => rowOf(newer) === rowOf(row) && newer.sentAt >= row.sentAt);
    const rows = (await list(use.oktaUserId)).filter((row) => !isReplaced(row));
    const row = rowFor(use, rows);
    if (row === undefined || isUsed(row)) return foundNone(row, use);
    const marked = await call(
      (codes, signal) => codes.markUsed(row, usedRow(row, use), signal),
      takeTimeoutMs,
    ).catch(failed);
    if (marked === false) {
      const now = (await list(use.oktaUserId)).find((other) => rowOf(other) === rowOf(row));
      // If the row now has a newer code, this use still counts.
      if (now === undefined || isUsed(now)) return foundNone(now, use);
    }
    return claim(row) ? { join: "joined", code: row, codeRow: "written" } : { join: "none" };
  }

  return {
    remember: (code: SentCode): void => {
      rows.push(code);
    },
    async take(use: CodeUse, deadline: Deadline): Promise<Found> {
      const { oktaUserId, channel, codeKinds } = use;
      const allWaiting = codeKinds
        .map((kind) => rows.find({ oktaUserId, channel, kind }))
        .filter((row) => row !== undefined);
      const waiting = rowFor(use, allWaiting);
      if (waiting !== undefined && isUsed(waiting)) return foundNone(waiting, use);
      if (waiting !== undefined) {
        rows.push(usedRow(waiting, use));
        return claim(waiting)
          ? { join: "joined", code: waiting, codeRow: "waiting" }
          : { join: "none" };
      }
      if (deadline.signal.aborted) return { join: "failed" };
      const found = takeFromTable(use, allWaiting.filter(isUsed)).catch((error: unknown): Found => {
        failed(error);
        return { join: "failed" };
      });
      return bounded(clock, () => found, deadline.remainingMs()).catch((): Found => ({
        join: "failed",
      }));
    },
    /** Starts to write. Loads the SDK, which blocks the event loop for a moment. */
    open(): void {
      table().then(() => {
        rows.start();
      }, failed);
      clock.after(sweepAfterMs, () => void sweep());
    },
    flush: () => rows.flush(),
  };
}

function usedRow(
  { oktaUserId, channel, kind, sentAt }: SentCode,
  { at, oktaEventId }: CodeUse,
): UsedRow {
  return { oktaUserId, channel, kind, sentAt, usedAt: at, usedBy: oktaEventId };
}

/** A used code can look unused in the table while its row is being written. */
function createClaims() {
  const used = new LRUCache<string, true>({ max: 1_000 });
  return (code: SentCode): boolean => {
    const key = `${code.oktaUserId} ${rowOf(code)} ${code.sentAt.getTime()}`;
    if (used.has(key)) return false;
    used.set(key, true);
    return true;
  };
}

type GuardFacts = Partial<Pick<SentCode, "phoneKey" | "countedAt">>;

/** Also stores a code that no provider accepted, because Okta may send that code itself. */
export function createRemember(
  clock: Pick<Clock, "now">,
  codes: Pick<ReturnType<typeof createCodes>, "remember"> | undefined,
  isNeeded: () => boolean,
) {
  return (
    { oktaUserId, channel, kind, eventId, requestType }: CodeRequest,
    phoneNumber: PhoneNumber | undefined,
    { attempts }: Pick<Sent, "attempts">,
    guard: GuardFacts | undefined,
  ): void => {
    if (oktaUserId === undefined || !isNeeded()) return;
    const accepted = attempts.find(({ ok }) => ok);
    codes?.remember({
      oktaUserId,
      channel,
      kind,
      sentAt: attempts.at(-1)?.startedAt ?? new Date(clock.now()),
      sentBy: accepted?.channel,
      providerId: accepted?.id,
      eventId,
      requestType,
      country: phoneNumber?.country,
      callingCode: phoneNumber?.callingCode ?? "",
      phoneKey: guard?.phoneKey,
      countedAt: accepted && guard?.countedAt,
    });
  };
}
