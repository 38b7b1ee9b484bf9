import type { Environment, Neighbor, Stage } from "./environment.ts";

/**
 * One thing that no company wants by mistake. Who wants it names the rule, with a reason, in
 * accepted.json.
 */
export interface Rule {
  readonly name: string;
  /** Where it holds; undefined is an environment that no pipeline deploys. */
  readonly stages: readonly (Stage | undefined)[];
  readonly isBroken: (environment: Environment) => boolean;
  readonly wrong: string;
  readonly fix: string | ((environment: Environment) => string);
  /** Printed, and not refused: it may be right. */
  readonly isWarning?: true;
}

export const everywhere = ["test", "production", "standby", undefined] as const;
/** Where people get their codes, now or after a failover. */
export const live = ["production", "standby"] as const;

export function productions({ neighbors }: Environment): readonly Neighbor[] {
  return neighbors.filter(({ stage }) => stage === "production");
}

/** Azure takes a region's name in any case and with spaces: West Europe is westeurope. */
export const inOneSpelling = (region: string | undefined) =>
  region?.replaceAll(" ", "").toLowerCase();
