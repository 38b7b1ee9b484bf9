import { setTimeout as sleep } from "node:timers/promises";
import type { TokenCredential } from "@azure/identity";
import * as z from "zod";
import { NotSetUp } from "./finding.ts";
import { unreached } from "../unreached.ts";

/** A request or an event in Application Insights. */
export interface Row {
  readonly timestamp: Date;
  readonly sdkVersion: string;
  readonly properties: Readonly<Record<string, string | undefined>>;
}

export interface Query {
  readonly table: "customEvents" | "requests" | "availabilityResults";
  readonly since: Date;
  readonly name?: string;
  /** A property and its value. The value is an id, or a word that the app chose. */
  readonly where?: readonly [string, string];
}

/** Azure's management API for the group of one deployment, and the logs of its app. */
export interface Azure {
  /** The resource id of the group. */
  readonly group: string;
  readonly deployment: Deployment;
  readonly get: (path: string, version: string) => Promise<unknown>;
  /** Undefined if Azure answers without a body. */
  readonly post: (path: string, version: string, body?: object) => Promise<unknown>;
  rows(query: Query): Promise<readonly Row[]>;
  /**
   * Repeats the query until the rows are enough, for at most `patienceMs`. Default: one row is
   * enough.
   */
  waitFor(
    query: Query,
    patienceMs: number,
    pauseMs: number,
    isEnough?: (rows: readonly Row[]) => boolean,
  ): Promise<readonly Row[]>;
}

const deployment = z.object({
  properties: z.object({
    outputs: z.record(z.string(), z.object({ value: z.unknown() })),
    parameters: z.record(z.string(), z.object({ value: z.unknown().optional() })).default({}),
  }),
});
/** The deployment's outputs and the parameters that it was given. */
export interface Deployment {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const answer = z.object({
  tables: z.tuple([z.object({ rows: z.array(z.tuple([z.string(), z.string(), z.string()])) })]),
});
const listed = z.object({
  value: z.array(z.object({ properties: z.object({ AppId: z.string() }) })).min(1),
});

/** The path of the function app. */
export const siteOf = ({ deployment }: Azure) =>
  `/providers/Microsoft.Web/sites/${String(deployment.outputs["functionAppName"])}`;

export const changeSite = (azure: Azure, what: "restart" | "stop" | "start") =>
  azure.post(`${siteOf(azure)}/${what}`, "2024-11-01");

export const publicAzure = {
  manager: "https://management.azure.com",
  logs: "https://api.applicationinsights.io",
};

const deploymentPath = "/providers/Microsoft.Resources/deployments/okta-8x8-telephony";

/** Returns Azure's error code. Azure's message is dropped: it names subscriptions and people. */
function codeIn(text: string): string {
  const [, code] = /"code":\s*"([A-Za-z]{3,60})"/.exec(text) ?? [];
  return code === undefined ? "" : ` (${code})`;
}

/** Opens a resource group by its id. */
export async function openAzure(
  group: string,
  credential: TokenCredential,
  hosts: typeof publicAzure,
): Promise<Azure> {
  async function call(url: string, init: RequestInit = {}): Promise<unknown> {
    const { origin, pathname } = new URL(url);
    const reply = await request(url, init, credential);
    const text = await reply.text();
    if (!reply.ok) {
      const what = pathname.split("/").slice(-2).join("/");
      const role =
        reply.status === 403 ? " You need the role Reader, or Contributor for changes." : "";
      throw new Error(`${origin} answers ${reply.status}${codeIn(text)} to ${what}.${role}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }
  const at = (path: string, version: string) =>
    `${hosts.manager}${group}${path}?api-version=${version}`;
  const get = (path: string, version: string) => call(at(path, version));
  const post = (path: string, version: string, body: object = {}) =>
    call(at(path, version), { method: "POST", body: JSON.stringify(body) });

  const found = deployment.parse(await get(deploymentPath, "2021-04-01"));
  const values = (named: Readonly<Record<string, { readonly value?: unknown }>>) =>
    Object.fromEntries(Object.entries(named).map(([name, { value }]) => [name, value]));
  const [component] = listed.parse(
    await get("/providers/Microsoft.Insights/components", "2020-02-02"),
  ).value;

  // https://learn.microsoft.com/rest/api/application-insights/query/execute
  async function rows({ table, since, name, where }: Query): Promise<readonly Row[]> {
    const filters = [
      `timestamp >= datetime(${since.toISOString()})`,
      ...(name === undefined ? [] : [`name == "${name}"`]),
      ...(where === undefined ? [] : [`tostring(customDimensions.${where[0]}) == "${where[1]}"`]),
    ];
    const query = `${table} | where ${filters.join(" and ")} | project timestamp, sdkVersion, tostring(customDimensions)`;
    const url = `${hosts.logs}/v1/apps/${component?.properties.AppId ?? ""}/query`;
    const read = answer.parse(await call(url, { method: "POST", body: JSON.stringify({ query }) }));
    return read.tables[0].rows.map(([timestamp, sdkVersion, dimensions]) => ({
      timestamp: new Date(timestamp),
      sdkVersion,
      properties: JSON.parse(dimensions) as Row["properties"],
    }));
  }

  return {
    group,
    deployment: {
      outputs: values(found.properties.outputs),
      parameters: values(found.properties.parameters),
    },
    get,
    post,
    rows,
    async waitFor(query, patienceMs, pauseMs, isEnough = (found) => found.length > 0) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const arrived = await rows(query);
        if (isEnough(arrived) || Date.now() > until) return arrived;
        await sleep(pauseMs);
      }
    },
  };
}

/**
 * Returns the id of the group with this name that holds a deployment of ours. Searches all
 * subscriptions that the sign-in can read.
 */
export async function findGroup(name: string, credential: TokenCredential): Promise<string> {
  const ask = (path: string) => request(publicAzure.manager + path, {}, credential);
  const all = (await (await ask("/subscriptions?api-version=2022-12-01")).json()) as {
    value?: { id: string }[];
  };
  for (const { id } of all.value ?? []) {
    const group = `${id}/resourceGroups/${name}`;
    if ((await ask(`${group}${deploymentPath}?api-version=2021-04-01`)).ok) return group;
  }
  throw new NotSetUp(
    `No subscription that you can read has a deployment in ${name}. Run \`az login\`, or name the group with --group.`,
  );
}

/** Both hosts accept the sign-in of `az login`. */
async function request(url: string, init: RequestInit, credential: TokenCredential) {
  const isForLogs = new URL(url).pathname.startsWith("/v1/apps/");
  const scope = isForLogs ? publicAzure.logs : publicAzure.manager;
  const { token = "" } = (await credential.getToken(`${scope}/.default`)) ?? {};
  return fetch(url, {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(60_000),
  }).catch(unreached("Azure", url));
}
