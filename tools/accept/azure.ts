import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TokenCredential } from "@azure/identity";
import * as z from "zod";
import { product } from "../product.ts";
import { unreached } from "../unreached.ts";
import { difference, notShown, plain } from "./check.ts";

/** https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete */
export type Row = Readonly<Record<string, string | undefined>>;

export const resource = z.object({
  id: z.string().default(""),
  name: z.string().default(""),
  properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = Readonly<z.infer<typeof resource>>;

export type Azure = Awaited<ReturnType<typeof openAzure>>;

const value = z.object({ value: z.unknown() });
const deployment = z.object({
  properties: z.object({
    provisioningState: z.string().default("unknown"),
    outputs: z.record(z.string(), value).nullish(),
    parameters: z.record(z.string(), value.partial()).default({}),
  }),
});
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const outputs = z.object({
  functionAppName: z.string().regex(/^(?!-)[A-Za-z\d-]{2,60}(?<!-)$/),
  hookUrl: z.url({ protocol: /^https?$/ }).optional(),
});
const page = z.object({ value: z.array(resource), nextLink: z.string().nullish() });
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.object({
  columns: z.array(z.object({ name: z.string() })),
  rows: z.array(z.array(cell)),
});
const answer = z.object({ tables: z.tuple([table]) });
const properties = z.record(z.string(), z.string()).catch({}).readonly();
const subscriptions = z.object({
  value: z.array(z.object({ id: z.string().regex(/^\/subscriptions\/[\w-]+$/) })),
});

export const publicAzure = {
  manager: "https://management.azure.com",
  logs: "https://api.applicationinsights.io",
};
type Hosts = typeof publicAzure;
type Query = Readonly<Record<string, string>>;

/**
 * Reads the deployment in the resource group with this name. Azure gets only GET requests.
 * @param choose Returns one of several subscriptions that have such a deployment.
 */
export async function openAzure(
  groupName: string,
  ask: Ask,
  { manager, logs }: Hosts,
  choose: (subscriptions: readonly string[]) => Promise<string>,
) {
  if (!/^[\w.()-]{1,90}$/.test(groupName)) throw new Error("The resource group's name is invalid.");
  const read = (path: string, query: Query) =>
    ask(`${manager}${path}?${new URLSearchParams(query).toString()}`, "manager");
  const path = `resourceGroups/${groupName}/providers/Microsoft.Resources/deployments/okta-8x8-telephony`;
  const found = new Map<string, unknown>();
  const all = subscriptions.parse(await read("/subscriptions", version("2022-12-01"))).value;
  for (const { id } of all)
    await read(`${id}/${path}`, version("2021-04-01")).then(
      (deployed) => found.set(id, deployed),
      (error: unknown) => {
        if (!isRefusal(error)) throw error;
      },
    );
  const subscription = found.size > 1 ? await choose([...found.keys()]) : [...found.keys()][0];
  if (subscription === undefined)
    throw notShown(
      `You cannot read a deployment of this project in ${groupName}. Run \`az login\`, or name the group with --group.`,
    );
  const last = deployment.parse(found.get(subscription)).properties;
  if (!last.outputs)
    throw difference(
      `The last deployment has no outputs. Its state is ${plain(last.provisioningState)}.`,
      "the deployment failed or still runs. Open the resource group → Deployments in the portal.",
    );
  const named = outputs.safeParse(valuesOf(last.outputs));
  if (!named.success)
    throw new Error(
      `The deployment's output ${String(named.error.issues[0]?.path[0])} does not have the documented format, so the output was not used. Find out who created the deployment.`,
    );
  const { functionAppName: appName, hookUrl } = named.data;
  const parameters = valuesOf(last.parameters);
  const group = `${subscription}/resourceGroups/${groupName}`;
  /** `<workload>-<environment>`, which is part of every resource name. */
  const suffix = /^func-(.+)-[a-z\d]+$/.exec(appName)?.[1] ?? "";

  async function list(type: string, date: string, scope: "group" | "subscription" = "group") {
    const all: Resource[] = [];
    const first = `${scope === "group" ? group : subscription}/providers/${type}`;
    let next: string | null | undefined = `${manager}${first}?api-version=${date}`;
    while (next) {
      if (URL.parse(next)?.origin !== manager)
        throw new Error(
          "Azure's link to the next page is at another host. Nothing was sent there.",
        );
      const { value, nextLink }: z.infer<typeof page> = page.parse(await ask(next, "manager"));
      all.push(...value);
      next = nextLink;
    }
    return all;
  }

  const ownLogs = once(async () => {
    const all = await list("Microsoft.Insights/components", "2020-02-02");
    const own = all.find(({ name }) => name === `appi-${suffix}`) ?? all[0];
    if (own === undefined) throw notShown("The resource group has no Application Insights.");
    return own;
  });

  return {
    appName,
    group,
    suffix,
    hookUrl,
    parameters,
    list,
    /** The app's settings in the last deployment. */
    settings: properties.parse(parameters["hookSettings"]),
    get(resource: string, query: Query) {
      if (!/^\/subscriptions(?:\/[\w.()-]+)+$/.test(resource))
        throw new Error("Azure returned an id in an unknown format. Nothing was sent to it.");
      return read(resource, query);
    },
    /** The Application Insights that gets the app's logs. */
    logs: ownLogs,
    /**
     * Returns the app's rows with these names from Application Insights, oldest first.
     * https://learn.microsoft.com/rest/api/application-insights/query/get
     */
    async rows(since: Date, ...names: readonly string[]) {
      const id = z.guid().parse((await ownLogs()).properties["AppId"]);
      const query = new URLSearchParams({ query: kqlOf(since, names) }).toString();
      const [table] = answer.parse(
        await ask(`${logs}/v1/apps/${id}/query?${query}`, "logs"),
      ).tables;
      const all = table.rows.map((cells) => rowOf(table.columns, cells));
      // The resource group can have several apps. The availability test has no role name.
      const isOwn = ({ cloud_RoleName: role, location }: Row) =>
        location || role?.toLowerCase() === appName.toLowerCase();
      return all.filter(isOwn);
    },
  };
}

export const version = (date: string) => ({ "api-version": date });
const valuesOf = (named: Readonly<Record<string, { readonly value?: unknown }>>) =>
  Object.fromEntries(Object.entries(named).map(([name, one]) => [name, one.value]));

function kqlOf(since: Date, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`).join(", ");
  return `union requests, customEvents, availabilityResults | where timestamp >= datetime(${since.toISOString()}) and name in (${quoted}) | extend customDimensions = tostring(customDimensions) | sort by timestamp asc`;
}

function rowOf(
  columns: readonly { readonly name: string }[],
  cells: readonly z.infer<typeof cell>[],
): Row {
  const texts = columns.map(({ name }, at) => [name, String(cells[at] ?? "")]);
  const { customDimensions, ...row } = Object.fromEntries(texts) as Record<string, string>;
  return { ...properties.parse(JSON.parse(customDimensions || "{}")), ...row };
}

const snapshot = z.object({
  predictedResources: z.array(z.object({ type: z.string(), name: z.string() })),
});
/** Alerts that a parameter can omit or disable, and alerts that Azure creates itself. */
const optional = /^(?:no-traffic|daily-cap|service-health|Failure Anomalies.*)$/;

/** Returns the names of alerts that the templates always create, from an example's snapshot. */
export function expectedAlerts(choice: unknown): readonly string[] {
  const example = choice === "essential" ? "small" : "prod";
  const file = join(product, "infra/environments/examples", example, "main.snapshot.json");
  const { predictedResources } = snapshot.parse(JSON.parse(readFileSync(file, "utf8")));
  return predictedResources
    .filter(({ type }) => /\/(?:\w*Rules|\w*Alerts)$/.test(type))
    .map(({ name }) => name.replace(/^alert-/, "").replace(/-okta8x8-\w+$/, ""))
    .filter((name) => !optional.test(name));
}

/** Whether Azure answered with this HTTP status, or with any if there is none. */
export const isRefusal = (error: unknown, status?: number): boolean =>
  error instanceof Error &&
  typeof error.cause === "number" &&
  error.cause === (status ?? error.cause);

/** The returned function calls `make` once, and returns the same promise each time. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

export type Ask = (url: string, host: keyof Hosts) => Promise<unknown>;

export const createAsk =
  (credential: TokenCredential): Ask =>
  async (url, host) => {
    const { token = "" } = (await credential.getToken(`${publicAzure[host]}/.default`)) ?? {};
    const reply = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.timeout(60_000),
    }).catch(unreached("Azure", url));
    if (reply.ok) return reply.json();
    // Azure's message is dropped, because it names subscriptions and people.
    const [, code] = /"code":\s*"([A-Za-z]{3,60})"/.exec(await reply.text()) ?? [];
    const what = new URL(url).pathname.split("/").slice(-2).join("/");
    const role = reply.status === 403 ? " You need the role Reader on the resource group." : "";
    const words = `Azure answers ${reply.status} (${code ?? "no code"}) to ${what}.${role}`;
    throw new Error(words, { cause: reply.status });
  };
