import { setTimeout as sleep } from "node:timers/promises";
import type { Load } from "../load/generator.ts";
import { Connection } from "../load/connection.ts";
import { hookRequest } from "../load/hook-request.ts";
import type { Stage } from "../stage.ts";
import { warmUp } from "./warm.ts";

export interface Hanging {
  readonly parallel: number;
  readonly answered: number;
  readonly slowestMs: number;
  /** A hook that comes while the others hang, and one after, when 8x8 answers again. */
  readonly nextMs: { readonly during: number; readonly after: number };
}

/** The default of HOOK_BUDGET_MS. */
export const budgetMs = 2_500;
const parallel = 200;

export async function measureHanging(stage: Stage): Promise<Hanging> {
  const app = await warmUp(stage, "ours", 5_000);
  const { url } = app;
  await stage.eightByEight({ hang: true });
  const hanging = stage.load({ url, connections: parallel, requests: parallel });
  await sleep(budgetMs / 2);
  await stage.eightByEight({ hang: false });
  const during = await postOnce(url);
  const { other, lost, latency } = await hanging;
  const after = await stage.load({ url, connections: 1, requests: 1 });
  await app.stop();
  return {
    parallel,
    answered: other,
    slowestMs: lost > 0 ? Infinity : latency.max,
    nextMs: { during, after: successfulMs(after) },
  };
}

/** From this process, since the load's is waiting. */
async function postOnce(url: string): Promise<number> {
  const target = new URL(url);
  const connection = await Connection.open(target);
  const start = performance.now();
  const answer = await connection.post(hookRequest(target));
  connection.close();
  return answer.includes('"SUCCESSFUL"') ? performance.now() - start : Infinity;
}

export function successfulMs({ successful, latency }: Load): number {
  return successful === 1 ? latency.max : Infinity;
}
