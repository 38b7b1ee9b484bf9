import { setTimeout as sleep } from "node:timers/promises";
import { expiredCode } from "../okta/expired-code.ts";
import { changeSite } from "./azure.ts";
import { causeOfHook, wordsOfHook } from "./causes.ts";
import { differs, holds, wordsOf, type Finding } from "./finding.ts";
import type { Live } from "./live.ts";

/**
 * Calls the hook once a second from this machine. A call through Okta would risk that Okta sends a
 * code when the answer is late.
 */
export async function hooksInARow(live: Live, when: string, count = 120) {
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
      bad.push({ words: wordsOf(error), cause: "no instance of the app was running." });
      await sleep(Math.min(live.pauseMs, 1_000));
    }
  }
  const [first] = bad;
  const answered = slowest.length;
  const finding: Finding =
    first === undefined
      ? holds(`${total} requests ${when}, the slowest in ${Math.max(0, ...slowest)} ms.`)
      : differs(
          `${bad.length} of ${total} requests ${when} were late, refused or lost. The first: ${first.words}`,
          first.cause,
        );
  return { finding, answered };
}

/** The run's one cold start, shared by the tests that need it. */
const starts = new WeakMap<Live, ReturnType<typeof startCold>>();
const hooksAfterStart = 5;
const triesToStart = 5;

export function coldStartOf(live: Live) {
  const known = starts.get(live) ?? startCold(live);
  starts.set(live, known);
  return known;
}

/** Stops the app and starts it again, even if a test fails in between. */
async function startCold(live: Live) {
  const azure = await live.azure();
  const app = String(azure.deployment.outputs["functionAppName"]);
  const group = azure.group.split("/").at(-1) ?? "";
  const failures: string[] = [];
  let stopped: Promise<unknown> = Promise.resolve();
  const start = live.leftovers.add(
    `az functionapp start --name ${app} --resource-group ${group}`,
    async () => {
      // If the start overtook the stop, the app would stay stopped.
      await stopped.catch(() => undefined);
      for (let tries = 1; ; tries += 1) {
        try {
          await changeSite(azure, "start");
          return;
        } catch (error) {
          failures.push(wordsOf(error));
          if (tries === triesToStart) throw error;
          await sleep(live.pauseMs);
        }
      }
    },
  );
  let isStarted = false;
  try {
    stopped = changeSite(azure, "stop");
    await stopped;
  } finally {
    isStarted = await start().then(
      () => true,
      () => false,
    );
  }
  const since = new Date();
  if (isStarted) return { since, ...(await hooksInARow(live, "after the start", hooksAfterStart)) };
  const tries = `Azure did not start the app in ${failures.length} tries. The first error: ${failures[0] ?? ""}`;
  const cause =
    "Azure is down, or your sign-in may not start the app. Run the command az functionapp start that is printed at the end.";
  return { since, finding: differs(tries, cause), answered: 0 };
}
