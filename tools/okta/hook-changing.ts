import type { Org } from "./org.ts";
import type { Secrets } from "./secrets.ts";
import type { Usage } from "./usage.ts";
import type { Progress, Timing } from "./waiting.ts";
import type { WantedState } from "./wanted-state.ts";

export interface HookChanging {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly usage: Pick<Usage, "command" | "environment">;
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
  readonly timing: Timing;
  readonly progress: Progress;
}
