import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TokenCredential } from "@azure/identity";
import * as z from "zod";
import { unreached } from "../unreached.ts";
import { NotShown } from "./check.ts";
import { product } from "../product.ts";

/** https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete */
const columns = [
  "timestamp",
  "name",
  "cloud_RoleName",
  "operation_Id",
  "itemCount",
  "sdkVersion",
  "application_Version",
  "resultCode",
  "location",
  "success",
  "customDimensions",
] as const;
export type Row = Readonly<Record<string, string | undefined>>;

const resource = z.object({
  id: z.string().default(""),
  name: z.string().default(""),
  properties: z.record(z.string(), z.unknown()).default({}),
});
type Resource = Readonly<z.infer<typeof resource>>;

/** Each name was checked against its documented format. */
export interface Azure {
  readonly appName: string;
  /** `<workload>-<environment>`, which is part of every resource name. */
  readonly suffix: string;
  readonly vaultName: string | undefined;
  readonly hookUrl: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The app's settings in the last deployment. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  list(type: string, version: string, scope?: "group" | "subscription"): Promise<Resource[]>;
  get(id: string, query: Readonly<Record<string, string>>): Promise<unknown>;
  /** Returns the app's rows with these names from Application Insights, oldest first. */
  rows(since: Date, ...names: readonly string[]): Promise<readonly Row[]>;
}

const value = z.object({ value: z.unknown() });
const deployment = z.object({
  properties: z.object({
    outputs: z.record(z.string(), value),
    parameters: z.record(z.string(), value.partial()).default({}),
  }),
});
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const outputs = z.object({
  functionAppName: z.string().regex(/^(?!-)[A-Za-z\d-]{2,60}(?<!-)$/),
  vaultName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z\d-]{2,23}$/)
    .optional(),
  hookUrl: z.url({ protocol: /^https?$/ }).optional(),
});
const page = z.object({ value: z.array(resource), nextLink: z.string().nullish() });
const cells = z.array(z.string().nullable());
const answer = z.object({ tables: z.tuple([z.object({ rows: z.array(cells) })]) });
const texts = z.record(z.string(), z.string()).catch({});
const subscriptions = z.object({
  value: z.array(z.object({ id: z.string().regex(/^\/subscriptions\/[\w-]+$/) })),
});

export const publicAzure = {
  manager: "https://management.azure.com",
  logs: "https://api.applicationinsights.io",
};
type Hosts = typeof publicAzure;
type Query = Readonly<Record<string, string>>;

/** Reads the deployment in the resource group with this name. Azure gets only GET requests. */
export async function openAzure(group: string, ask: Ask, { manager, logs }: Hosts): Promise<Azure> {
  if (!/^[\w.()-]{1,90}$/.test(group)) throw new Error("The resource group's name is invalid.");
  const get = (path: string, query: Query) =>
    ask(`${manager}${path}?${new URLSearchParams(query).toString()}`, "manager");
  for (const { id } of subscriptions.parse(await get("/subscriptions", version("2022-12-01")))
    .value) {
    const path = `${id}/resourceGroups/${group}`;
    const main = `${path}/providers/Microsoft.Resources/deployments/okta-8x8-telephony`;
    const found = await get(main, version("2021-04-01")).catch((error: unknown) => {
      if (error instanceof NotShown) return undefined;
      throw error;
    });
    if (found !== undefined) return deployed(found, id, path);
  }
  throw new NotShown(
    `You cannot read a deployment of this project in ${group}. Run \`az login\`, or name the group with --group.`,
  );

  function deployed(found: unknown, subscription: string, path: string): Azure {
    const { properties } = deployment.parse(found);
    const named = outputs.safeParse(valuesOf(properties.outputs));
    if (!named.success)
      throw new Error(
        `The deployment's output ${String(named.error.issues[0]?.path[0])} does not have the documented format, so the output was not used. Find out who created the deployment.`,
      );
    const { functionAppName: appName, vaultName, hookUrl } = named.data;
    const suffix = /^func-(.+)-[a-z\d]+$/.exec(appName)?.[1] ?? "";
    const parameters = valuesOf(properties.parameters);

    async function list(type: string, date: string, scope = "group"): Promise<Resource[]> {
      const all: Resource[] = [];
      const first = `${scope === "group" ? path : subscription}/providers/${type}`;
      let next: string | null | undefined = `${manager}${first}?api-version=${date}`;
      while (next) {
        if (URL.parse(next)?.origin !== manager)
          throw new Error(
            "Azure's link to the next page is at another host. Nothing was sent to that host.",
          );
        const read = page.parse(await ask(next, "manager"));
        all.push(...read.value);
        next = read.nextLink;
      }
      return all;
    }

    async function logsId(): Promise<string> {
      const found = await list("Microsoft.Insights/components", "2020-02-02");
      const own = found.find(({ name }) => name === `appi-${suffix}`) ?? found[0];
      if (own === undefined) throw new NotShown("The resource group has no Application Insights.");
      return z.guid().parse(own.properties["AppId"]);
    }
    let id: Promise<string> | undefined;

    return {
      appName,
      suffix,
      vaultName,
      hookUrl,
      parameters,
      list,
      settings: texts.parse(parameters["hookSettings"]),
      get(resource, query) {
        if (!/^\/subscriptions(?:\/[\w.()-]+)+$/.test(resource))
          throw new Error("Azure returned an id in an unknown format. Nothing was sent to it.");
        return get(resource, query);
      },
      // https://learn.microsoft.com/rest/api/application-insights/query/get
      async rows(since, ...names) {
        id ??= logsId();
        const query = new URLSearchParams({ query: kqlOf(since, names) }).toString();
        const read = await ask(`${logs}/v1/apps/${await id}/query?${query}`, "logs");
        const found = answer.parse(read).tables[0].rows.map(rowOf);
        // The resource group can have several apps. The availability test has no role name.
        const isOwn = ({ cloud_RoleName: role, location }: Row) =>
          location || role?.toLowerCase() === appName.toLowerCase();
        return found.filter(isOwn);
      },
    };
  }
}

export const version = (date: string) => ({ "api-version": date });
const valuesOf = (named: Readonly<Record<string, { readonly value?: unknown }>>) =>
  Object.fromEntries(Object.entries(named).map(([name, one]) => [name, one.value]));

function kqlOf(since: Date, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`).join(", ");
  const shown = columns.map((column) => `tostring(${column})`).join(", ");
  return `union requests, customEvents, availabilityResults | where timestamp >= datetime(${since.toISOString()}) and name in (${quoted}) | sort by timestamp asc | project ${shown}`;
}

function rowOf(cells: readonly (string | null)[]): Row {
  const { customDimensions, ...row } = Object.fromEntries(
    columns.map((column, at) => [column, cells[at] ?? ""]),
  );
  return { ...texts.parse(JSON.parse(customDimensions || "{}")), ...row };
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
    throw new NotShown(`Azure answers ${reply.status} (${code ?? "no code"}) to ${what}.${role}`);
  };
