import type { Environment, Neighbor, Stage } from "./environment.ts";

/** Finds values that are probably wrong. To keep such values, add the rule to accepted.json. */
export interface Rule {
  readonly name: string;
  /** Stages that the rule checks. Undefined means an environment without a pipeline. */
  readonly stages: readonly (Stage | undefined)[];
  readonly isBroken: (environment: Environment) => boolean;
  readonly wrong: string;
  readonly fix: string | ((environment: Environment) => string);
}

export const everywhere = ["test", "production", "standby", undefined] as const;
/** Stages whose environments send people's codes, now or after a failover. */
export const live = ["production", "standby"] as const;

export function productions({ neighbors }: Environment): readonly Neighbor[] {
  return neighbors.filter(({ stage }) => stage === "production");
}

/** Azure ignores case and spaces in a region's name: West Europe is westeurope. */
export const inOneSpelling = (region: string | undefined) =>
  region?.replaceAll(" ", "").toLowerCase();
