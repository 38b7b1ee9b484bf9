import type { describeMachine } from "./machine.ts";
import type { Beside } from "./measures/beside.ts";
import type { Cold } from "./measures/cold.ts";
import type { GuardCost } from "./measures/guard.ts";
import type { Hanging } from "./measures/hanging.ts";
import type { Idle } from "./measures/idle.ts";
import type { PackageSize } from "./measures/package.ts";
import type { Soak } from "./measures/soak.ts";
import type { Warm } from "./measures/warm.ts";

type By<T> = Readonly<Record<string, T>>;

/** What tools/bench/results.json holds. What was not measured is left out. */
export interface Results {
  readonly machine: ReturnType<typeof describeMachine>;
  readonly quick: boolean;
  warm?: Warm;
  cold?: By<Cold>;
  hanging?: Hanging;
  idle?: By<Idle>;
  beside?: Beside;
  guard?: GuardCost;
  memory?: By<readonly number[]>;
  package?: PackageSize;
  soak?: Soak;
}
