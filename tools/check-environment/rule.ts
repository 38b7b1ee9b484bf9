import type { Environment, Stage } from "./environment.ts";

/** To keep values that a rule reports, add the rule's name and a reason to accepted.json. */
export interface Rule {
  readonly name: string;
  /** The value `undefined` stands for an environment without a pipeline. */
  readonly stages: readonly (Stage | undefined)[];
  readonly isBroken: (environment: Environment) => boolean;
  readonly wrong: string;
  readonly fix: string | ((environment: Environment) => string);
}

export const everywhere = ["test", "production", "standby", undefined] as const;
/** Stages whose environments send people's codes, now or after a failover. */
export const live = ["production", "standby"] as const;
