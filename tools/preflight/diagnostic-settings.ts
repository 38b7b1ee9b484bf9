import * as z from "zod";
import { AzureRefusal, type ReadAzure } from "./azure-cli.ts";
import { ofType, type Planned } from "./plan.ts";

// https://learn.microsoft.com/rest/api/monitor/diagnostic-settings/list
const sent = z.array(
  z.object({
    category: z.string().nullish(),
    categoryGroup: z.string().nullish(),
    enabled: z.boolean(),
  }),
);
const properties = z.object({
  workspaceId: z.string().nullish(),
  logAnalyticsDestinationType: z.string().nullish(),
  logs: sent.default([]),
  metrics: sent.default([]),
});
const list = z.object({ value: z.array(z.object({ name: z.string(), properties })) });
type Settings = z.infer<typeof list>["value"];

export interface Judged {
  /** Whether Azure has each of the template's settings already. */
  readonly isUnchanged: boolean;
  readonly problems: readonly string[];
}

/** Compares the template's diagnostic settings with those of the deployed resources. */
export async function judgeDiagnosticSettings(
  plan: readonly Planned[],
  az: ReadAzure,
): Promise<Judged> {
  const wanted = ofType(plan, "Microsoft.Insights/diagnosticSettings");
  const judged = await Promise.all(
    wanted.map(async (one): Promise<Judged> => {
      const [scope = ""] = one.id.split("/providers/Microsoft.Insights/diagnosticSettings/");
      const there = await settingsOf(scope, az);
      const ours = properties.parse(one.properties);
      const same = there.find(({ name }) => name.toLowerCase() === one.name.toLowerCase());
      const others = there.filter((other) => other !== same && isSame(other.properties, ours));
      return {
        isUnchanged: same !== undefined && lineOf(same.properties) === lineOf(ours),
        problems: same === undefined ? others.map(({ name }) => wordsOf(name, scope)) : [],
      };
    }),
  );
  return {
    isUnchanged: judged.length > 0 && judged.every(({ isUnchanged }) => isUnchanged),
    problems: judged.flatMap(({ problems }) => problems),
  };
}

const wordsOf = (name: string, scope: string) =>
  `The diagnostic setting ${name} of ${scope.split("/").at(-1)} sends logs to the same workspace, perhaps by a policy. Azure refuses a second setting for the same logs. Set diagnosticSettings to 'policy': docs/network.md#a-policys-diagnostic-settings`;

async function settingsOf(scope: string, az: ReadAzure): Promise<Settings> {
  const url = `${scope}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`;
  try {
    return list.parse(await az("rest", "--method", "get", "--url", url)).value;
  } catch (error) {
    if (error instanceof AzureRefusal && /NotFound|not registered/i.test(error.message)) return [];
    throw error;
  }
}

/** A group contains categories, so a group and a category may be the same logs. */
function isSame(theirs: z.infer<typeof properties>, ours: z.infer<typeof properties>): boolean {
  const [one, other] = [theirs, ours].map((settings) =>
    [...settings.logs, ...settings.metrics].filter(({ enabled }) => enabled),
  ) as [z.infer<typeof sent>, z.infer<typeof sent>];
  const isLogs = one.some(({ categoryGroup }) => categoryGroup) && ours.logs.length > 0;
  const categories = other.map(({ category, categoryGroup }) => category ?? categoryGroup);
  const isTaken = isLogs || one.some(({ category }) => category && categories.includes(category));
  return theirs.workspaceId?.toLowerCase() === ours.workspaceId?.toLowerCase() && isTaken;
}

/** Azure lists disabled categories too, and leaves out the default destination. */
function lineOf({
  workspaceId,
  logAnalyticsDestinationType: kind,
  logs,
  metrics,
}: z.infer<typeof properties>) {
  const enabled = [...logs, ...metrics]
    .filter((one) => one.enabled)
    .map(({ category, categoryGroup }) => category ?? categoryGroup);
  return [workspaceId, kind === "AzureDiagnostics" ? "" : kind, ...enabled.sort()]
    .join(" ")
    .toLowerCase();
}
