import { bounded, sleep, type Clock } from "../timing/clock.ts";
import { rowOf, type CodeRow, type SentCode } from "./code-table.ts";
import { usableForMs } from "./code-use.ts";

interface WriteBehindSettings {
  readonly clock: Clock;
  readonly write: (row: CodeRow, signal: AbortSignal) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** In rows. This many rows take about 2 MB. */
const waitingLimit = 5_000;
const writeAfterMs = 1_000;
const writeTimeoutMs = 5_000;
const pauseAfterFailureMs = 5_000;
/** 200 rows a second. Faster writing could delay requests after an outage. */
const writesAtOnce = 4;
const pauseMs = 20;
const flushTimeoutMs = 1_000;

/** Holds rows until they are written. Keeps only the newest row for each key. */
export function createWriteBehind({ clock, write, failed }: WriteBehindSettings) {
  const waiting = new Map<string, CodeRow>();
  let started = false;
  let writing: Promise<void> | undefined;

  function wake(): void {
    if (started)
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
  }

  async function writeAll(): Promise<void> {
    await sleep(clock, writeAfterMs);
    while (waiting.size > 0)
      await sleep(clock, (await writeSome()) ? pauseMs : pauseAfterFailureMs);
  }

  async function writeSome(): Promise<boolean> {
    const written = await Promise.all(waiting.values().take(writesAtOnce).map(writeOne));
    return !written.includes(false);
  }

  /** For a worker that stops. A second write of the same row changes nothing. */
  async function writeRest(): Promise<void> {
    while (waiting.size > 0 && (await writeSome()));
  }

  async function writeOne(row: CodeRow): Promise<boolean> {
    if (clock.now() - row.sentAt.getTime() > usableForMs) {
      forget(row);
      return true;
    }
    try {
      await bounded(clock, (signal) => write(row, signal), writeTimeoutMs);
      forget(row);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  function forget(row: CodeRow): void {
    if (waiting.get(keyOf(row)) === row) waiting.delete(keyOf(row));
  }

  return {
    push(row: CodeRow): void {
      waiting.delete(keyOf(row));
      const [oldest] = waiting.values();
      if (oldest !== undefined && waiting.size >= waitingLimit) forget(oldest);
      waiting.set(keyOf(row), row);
      wake();
    },
    find: (key: CodeKey) => waiting.get(keyOf(key)),
    start(): void {
      started = true;
      wake();
    },
    flush: () => bounded(clock, writeRest, flushTimeoutMs).catch(() => undefined),
  };
}

type CodeKey = Pick<SentCode, "oktaUserId" | "channel" | "kind">;

function keyOf({ oktaUserId, ...row }: CodeKey): string {
  return `${rowOf(row)} ${oktaUserId}`;
}
