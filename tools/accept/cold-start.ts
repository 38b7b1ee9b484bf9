import { setTimeout as sleep } from "node:timers/promises";
import { differs, wordsOf, type Finding } from "./finding.ts";
import { changeSite } from "./azure.ts";
import { hooksInARow } from "./hooks-in-a-row.ts";
import type { Live } from "./live.ts";

/** The run's one cold start, shared by the tests that need it. */
const starts = new WeakMap<Live, Promise<ColdStart>>();
const hooksAfterStart = 5;
const triesToStart = 5;

interface ColdStart {
  readonly since: Date;
  readonly finding: Finding;
  /** How many hooks the app answered after the start. */
  readonly answered: number;
}

export function coldStartOf(live: Live): Promise<ColdStart> {
  const known = starts.get(live) ?? startCold(live);
  starts.set(live, known);
  return known;
}

/** Stops the app and starts it again, even if a test fails in between. */
async function startCold(live: Live): Promise<ColdStart> {
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
  if (isStarted) return { since, ...(await hooksInARow(live, "after its start", hooksAfterStart)) };
  const tries = `${failures.length} tries to start the app failed. The first: ${failures[0] ?? ""}`;
  const cause =
    "Azure is down, or your sign-in may not start the app. Run az functionapp start by hand, as this command prints.";
  return { since, finding: differs(tries, cause), answered: 0 };
}
