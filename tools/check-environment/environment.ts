import * as z from "zod";
import type { WantedState } from "../okta/wanted-state.ts";

const settings = z
  .record(z.string(), z.string().nullable())
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
  );

/** Values in main.bicepparam that the rules use. The compiler has checked all types. */
export const mainValues = z.object({
  environmentName: z.string(),
  workload: z.string(),
  location: z.string(),
  identity: z.string(),
  network: z.object({
    mode: z.string(),
    addressPrefix: z.string().nullish(),
    operatorSubnet: z.string().nullish(),
    appSubnetId: z.string().nullish(),
    endpointSubnetId: z.string().nullish(),
  }),
  hookSettings: settings,
  scale: z.object({ alwaysReady: z.number() }),
  workspaceId: z.string(),
  workspaceName: z.string(),
  alerts: z.string(),
  standby: z.boolean(),
  stateTable: z.boolean(),
  placeholders: z.string(),
});
const federation = z.object({ issuer: z.string(), subject: z.string() });
const names = z.record(z.string(), z.string().nullish());
export const bootstrapValues = z.object({
  environmentName: z.string(),
  workload: z.string(),
  location: z.string(),
  gitHub: z
    .object({
      owner: z.string(),
      ownerId: z.number(),
      name: z.string(),
      id: z.number(),
      subject: z.enum(["names", "ids"]),
      issuer: z.string().nullish(),
    })
    .nullish(),
  azurePipelines: z.object({ deploy: federation, preview: federation }).nullish(),
  vaultOperatorsGroupId: z.string(),
  onCallGroupId: z.string(),
  existingGroups: names,
  existingIdentity: names,
  existingRoles: names,
  lock: z.object({
    kind: z.string(),
    on: z.array(z.string()).nullish(),
    workspaceName: z.string().nullish(),
  }),
  placeholders: z.string(),
});
export const frontValues = z.object({ originHostNames: z.array(z.string()) });
export const stages = ["test", "production", "standby"] as const;
export const stageFormats = stages.map((stage) => `{ "stage": "${stage}" }`).join(" or ");
export type Stage = (typeof stages)[number];

export const pipeline = z.strictObject({ stage: z.enum(stages) });

export interface Neighbor {
  readonly stage: Stage | undefined;
  readonly okta: WantedState | undefined;
  readonly main: z.infer<typeof mainValues> | undefined;
  readonly bootstrap: z.infer<typeof bootstrapValues> | undefined;
}

export interface Environment extends Neighbor {
  readonly name: string;
  /** Undefined if there is no pipeline.json and the caller passes no stage. */
  readonly stage: Stage | undefined;
  readonly main: z.infer<typeof mainValues>;
  /** Undefined for a small environment. */
  readonly bootstrap: z.infer<typeof bootstrapValues> | undefined;
  /** Undefined if okta.json does not exist or still has example values. */
  readonly okta: WantedState | undefined;
  readonly neighbors: readonly Neighbor[];
}
