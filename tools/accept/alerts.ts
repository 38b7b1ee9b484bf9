import * as z from "zod";
import { expectedAlerts, isRefusal, resource, version, type Azure } from "./azure.ts";
import { notHere, plain, unless } from "./check.ts";
import type { Live } from "./live.ts";

// Azure writes the same id sometimes in upper case and sometimes in lower case.
const ids = z.array(z.string().toLowerCase()).default([]);
const isWithin = (id: string, parents: readonly string[]) =>
  parents.some((parent) => id === parent || id.startsWith(`${parent}/`));
const idOfGroup = /"(\/subscriptions\/[^"]+\/actiongroups\/[^"]+)"/g;
const alertRule = z.object({
  enabled: z.boolean().default(true),
  scopes: ids,
  // Each kind of rule has another format for its action groups.
  actions: z.unknown().transform((actions) => {
    const text = JSON.stringify(actions ?? "").toLowerCase();
    return [...text.matchAll(idOfGroup)].map(([, id = ""]) => id);
  }),
});

export async function judgeAlerts(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw notHere("The environment has no alerts: alerts = 'none'.");
  const found = [
    ...(await azure.list("Microsoft.Insights/scheduledQueryRules", "2023-12-01")),
    ...(await azure.list("Microsoft.Insights/metricAlerts", "2018-03-01")),
    ...(await azure.list("Microsoft.Insights/activityLogAlerts", "2020-10-01")),
  ];
  const rules = new Map(
    found.map(({ name, properties }) => [
      name.replace(`-${azure.suffix}`, ""),
      alertRule.parse(properties),
    ]),
  );
  const { id: logs, properties } = await azure.logs();
  const own = ids.parse([azure.group, logs, properties["WorkspaceResourceId"] ?? logs]);
  // The group can have the Application Insights of another app.
  const isOwn = (scope: string) =>
    isWithin(scope, own) && (own.includes(scope) || !scope.includes("/components/"));
  const groups = new Map<string, string | undefined>();
  for (const id of new Set([...rules.values()].flatMap(({ actions }) => actions)))
    groups.set(id, await causeOfSilence(azure, id));
  const mutings = await readMutings(azure);
  const isMuted = (scope: string) => mutings.some(({ scopes }) => isWithin(scope, scopes));
  const causeOf = (alert: string): string | undefined => {
    const rule = rules.get(`alert-${alert}`);
    if (rule === undefined) return "the alert was deleted or not deployed.";
    if (!rule.enabled) return "Azure or a person switched the alert off.";
    if (!rule.scopes.some(isOwn)) return "the alert reads the logs of another app.";
    const causes = rule.actions.map((id) => groups.get(id));
    if (causes.length === 0) return "someone removed the alert's action group.";
    if (!causes.includes(undefined)) return causes[0];
    return rule.scopes.some(isMuted) ? "an alert processing rule mutes the alert now." : undefined;
  };
  const expected = expectedAlerts(choice);
  for (const [cause = "", names] of Map.groupBy(expected, causeOf))
    unless(cause === "", `Alerts: ${plain(names)}.`, `${cause} See docs/parameters.md.`);
  return `${expected.length} alerts.`;
}

const receivers = z.array(z.object({ status: z.string().optional() })).catch([]);

/** Returns why an action group reaches no one. */
async function causeOfSilence(azure: Azure, id: string): Promise<string | undefined> {
  const read = await azure.get(id, version("2023-01-01")).catch((error: unknown) => {
    if (isRefusal(error, 404)) return undefined;
    throw error;
  });
  if (read === undefined) return "the alert's action group does not exist.";
  const { properties } = resource.parse(read);
  if (properties["enabled"] === false) return "the alert's action group is disabled.";
  const all = Object.entries(properties).filter(([name]) => name.endsWith("Receivers"));
  const statuses = all.flatMap(([, some]) => receivers.parse(some)).map(({ status }) => status);
  if (statuses.length === 0) return "the alert's action group has no receivers.";
  // https://learn.microsoft.com/rest/api/monitor/action-groups/enable-receiver
  const isHeard = statuses.some((status) => status !== "Disabled");
  return isHeard ? undefined : "every receiver of the action group has unsubscribed.";
}

const time = z.string().nullish();
const schedule = z.object({
  effectiveFrom: time,
  effectiveUntil: time,
  timeZone: time,
  recurrences: z.array(z.unknown()).nullish(),
});
/** https://learn.microsoft.com/azure/templates/microsoft.alertsmanagement/actionrules */
const processingRule = z.object({
  enabled: z.boolean().default(true),
  scopes: ids,
  actions: z.array(z.object({ actionType: z.string() })),
  conditions: z.array(z.unknown()).nullish(),
  schedule: schedule.nullish(),
});

/**
 * Returns the processing rules that mute all alerts in their scopes now. Rules with conditions, with
 * recurrences or in another time zone than UTC are not judged.
 */
async function readMutings(azure: Azure) {
  const list = (scope: "subscription" | "group") =>
    azure.list("Microsoft.AlertsManagement/actionRules", "2021-08-08", scope);
  // A reader of the group may not read the subscription's rules.
  const found = await list("subscription").catch(() => list("group"));
  const now = new Date(Date.now()).toISOString();
  return found
    .map(({ properties }) => processingRule.parse(properties))
    .filter((rule) => {
      const { effectiveFrom, effectiveUntil, timeZone, recurrences } = rule.schedule ?? {};
      const isNow = now >= (effectiveFrom ?? "") && now < (effectiveUntil ?? "9");
      const isAlways = !rule.conditions?.length && !recurrences?.length;
      const isMuting = rule.actions.some(
        ({ actionType }) => actionType === "RemoveAllActionGroups",
      );
      return rule.enabled && isMuting && isAlways && isNow && /^(?:UTC)?$/.test(timeZone ?? "");
    });
}
