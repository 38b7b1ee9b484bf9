import { bounded, sleep, type Clock } from "../timing/clock.ts";
import { createRunner } from "../timing/background.ts";
import { rowOf, type CodeRow, type SentCode } from "./code-table.ts";
import { usableForMs } from "./code-use.ts";

interface WriteBehindSettings {
  readonly clock: Clock;
  readonly write: (code: CodeRow, signal: AbortSignal) => Promise<void>;
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
  const runner = createRunner(clock, async () => {
    while (waiting.size > 0) {
      const written = await Promise.all(waiting.values().take(writesAtOnce).map(writeOne));
      if (written.includes(false)) return pauseAfterFailureMs;
      if (!runner.stopping) await sleep(clock, pauseMs);
    }
    return undefined;
  });

  async function writeOne(code: CodeRow): Promise<boolean> {
    if (clock.now() - code.sentAt.getTime() > usableForMs) {
      forget(code);
      return true;
    }
    try {
      await bounded(clock, (signal) => write(code, signal), writeTimeoutMs);
      forget(code);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  function forget(code: CodeRow): void {
    if (waiting.get(keyOf(code)) === code) waiting.delete(keyOf(code));
  }

  return {
    push(code: CodeRow): void {
      waiting.delete(keyOf(code));
      const [oldest] = waiting.values();
      if (oldest !== undefined && waiting.size >= waitingLimit) forget(oldest);
      waiting.set(keyOf(code), code);
      if (started) runner.wake(writeAfterMs);
    },
    find: (key: CodeKey) => waiting.get(keyOf(key)),
    start(): void {
      started = true;
      runner.wake(writeAfterMs);
    },
    flush: () => runner.flush(flushTimeoutMs),
  };
}

type CodeKey = Pick<SentCode, "oktaUserId" | "channel" | "kind">;

function keyOf({ oktaUserId, ...row }: CodeKey): string {
  return `${rowOf(row)} ${oktaUserId}`;
}
