import { bounded } from "../timing/bounded.ts";
import { beforeDeadline, type Deadline } from "../timing/deadline.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { loadedLate } from "../timing/loaded-late.ts";
import type { CodeKey, CodeTable, SentCode } from "./code-table.ts";
import { createFirstUse } from "./first-use.ts";
import { createWriteBehind } from "./write-behind.ts";

/** What became of the search for the code that somebody used. */
export type Found =
  | { readonly join: "joined"; readonly code: SentCode }
  /** `none`: no such code is known. `failed`: the table did not say. */
  | { readonly join: "none" | "failed" };

/** The last codes that Okta asked for, by person and channel. Nothing here throws. */
export interface Codes {
  /** Returns at once; the row is written later. */
  remember(code: SentCode): void;
  /** The code that was used at that time, which is forgotten with this. */
  take(key: CodeKey, usedAt: Date, deadline: Deadline): Promise<Found>;
  /** Begins to write. Loads the SDK, which blocks the worker for a moment. */
  open(): void;
  /** Writes what waits, as far as there is time: the worker is being stopped. */
  flush(): Promise<void>;
}

interface CodesSettings {
  readonly load: () => CodeTable;
  readonly warn: (message: string) => void;
  /** So many rows will never be written. */
  readonly lost: (count: number) => void;
}

const takeTimeoutMs = 1_000;
const sweepAfterMs = 60_000;
const sweepTimeoutMs = 60_000;
const sweepEveryMs = 3_600_000;
const keptForMs = 86_400_000;

/** Okta's codes are good for 5 minutes. What is used later than this was another code, which others sent. */
const usableForMs = 15 * 60_000;
/** Okta's clock and ours differ by little. What was used earlier than this was the code before it, told late. */
const clockToleranceMs = 5_000;

export function createCodes({ load, warn, lost }: CodesSettings): Codes {
  const isFirstUse = createFirstUse();
  const failed = createFailureWarning("The table of sent codes could not be used", warn);
  const table = loadedLate(load);
  const call = <T>(act: (table: CodeTable, signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> =>
    bounded(async (signal) => act(await table(), signal), timeoutMs, "timed out");
  const rows = createWriteBehind({
    write: async (code, signal) => (await table()).put(code, signal),
    ...{ failed, lost, usableForMs },
  });

  async function sweep(): Promise<void> {
    const before = new Date(Date.now() - keptForMs);
    await call((codes, signal) => codes.sweep(before, signal), sweepTimeoutMs).catch(failed);
    setTimeout(() => void sweep(), sweepEveryMs).unref();
  }

  /** Okta may tell of one use twice at once: who removes the row has the code. What could not be removed is swept. */
  async function takeFromTable(key: CodeKey, usedAt: Date): Promise<Found> {
    const code = await call((codes, signal) => codes.get(key, signal), takeTimeoutMs);
    if (code === undefined || !couldBeUsed(code, usedAt)) return { join: "none" };
    const removed = await call((codes, signal) => codes.remove(code, signal), takeTimeoutMs).catch(failed);
    return removed !== false && isFirstUse(code) ? { join: "joined", code } : { join: "none" };
  }

  return {
    remember: (code) => {
      rows.push(code);
    },
    async take(key, usedAt, deadline) {
      const waiting = rows.find(key);
      if (waiting !== undefined && couldBeUsed(waiting, usedAt)) {
        rows.forget(waiting);
        return isFirstUse(waiting) ? { join: "joined", code: waiting } : { join: "none" };
      }
      if (deadline.signal.aborted) return { join: "failed" };
      const found = takeFromTable(key, usedAt).catch((error: unknown): Found => {
        failed(error);
        return { join: "failed" };
      });
      return (await beforeDeadline(found, deadline)) ?? { join: "failed" };
    },
    open() {
      table().then(() => {
        rows.start();
      }, failed);
      setTimeout(() => void sweep(), sweepAfterMs).unref();
    },
    flush: () => rows.flush(),
  };
}

function couldBeUsed({ sentAt }: SentCode, usedAt: Date): boolean {
  const afterMs = usedAt.getTime() - sentAt.getTime();
  return afterMs >= -clockToleranceMs && afterMs <= usableForMs;
}
