import { setTimeout as sleep } from "node:timers/promises";
import { differs, holds, wordsOf, type Finding } from "./finding.ts";
import { causeOfHook, wordsOfHook } from "./causes.ts";
import type { Live } from "./live.ts";
import { expiredCode } from "../okta/expired-code.ts";

interface HooksInARow {
  readonly finding: Finding;
  readonly answered: number;
}

/**
 * Calls the hook once a second from this machine. Okta's own call could send a code if it were
 * late.
 */
export async function hooksInARow(live: Live, when: string, count = 120): Promise<HooksInARow> {
  const slowest: number[] = [];
  const bad: { readonly words: string; readonly cause: string }[] = [];
  const total = Math.min(count, Math.ceil(live.patienceMs / 1_000));
  for (let sent = 0; sent < total; sent += 1) {
    try {
      const found = await live.hook(expiredCode());
      if (found.judged?.outcome === "refused") slowest.push(found.ms);
      else bad.push({ words: wordsOfHook(found), cause: causeOfHook(found) });
      await sleep(Math.min(live.pauseMs, Math.max(0, 1_000 - found.ms)));
    } catch (error) {
      bad.push({ words: wordsOf(error), cause: "no instance listened." });
      await sleep(Math.min(live.pauseMs, 1_000));
    }
  }
  const [first] = bad;
  const answered = slowest.length;
  const finding =
    first === undefined
      ? holds(`${total} hooks ${when}, the slowest in ${Math.max(0, ...slowest)} ms.`)
      : differs(
          `${bad.length} of ${total} hooks ${when} were late, refused or lost. The first: ${first.words}`,
          first.cause,
        );
  return { finding, answered };
}
