import { functionNames } from "../../../src/functions/register.ts";
import type { FakeIdentity } from "./identity.ts";
import type { FakeIngestion } from "./ingestion.ts";
import { Envelope, EventData } from "./envelopes.ts";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";

/** The resource group of one deployment. Tests change it. */
export interface Group {
  outputs: Record<string, string>;
  parameters: Record<string, unknown>;
  /** The app's settings. */
  settings: Record<string, string>;
  functions: string[];
  alerts: { name: string; enabled: boolean }[];
  /** Version of the Functions host in telemetry. Undefined if the host writes no request rows. */
  hostVersion: string | undefined;
  availabilityResults: number;
}

export interface FakeResourceManager extends StandIn<{ readonly call: string }> {
  readonly url: string;
  readonly group: Group;
}

const listOf = (all: readonly { name: string; properties?: object }[]): Answer => ({
  status: 200,
  body: { value: all },
});
const failure = (status: number, code: string): Answer => ({
  status,
  body: { error: { code, message: "Refused." } },
});
const manager = "https://management.azure.com";
const logs = "https://api.applicationinsights.io";

/**
 * Starts the parts of Azure Resource Manager and of Application Insights' query API that `npm run
 * accept` calls, over HTTP.
 * https://learn.microsoft.com/rest/api/resources/deployments/get,
 * https://learn.microsoft.com/rest/api/appservice/web-apps,
 * https://learn.microsoft.com/rest/api/monitor and
 * https://learn.microsoft.com/rest/api/application-insights/query/execute
 */
export async function startResourceManager(
  identity: FakeIdentity,
  ingestion: FakeIngestion,
): Promise<FakeResourceManager> {
  const group: Group = {
    outputs: { functionAppName: "func-test" },
    parameters: { alerts: "none" },
    settings: {},
    alerts: [],
    functions: [...functionNames],
    hostVersion: "azurefunctions: 4.1049.0.0",
    availabilityResults: 1,
  };
  const values = (named: object) =>
    Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, { value: value as unknown }]),
    );
  const done = (): Answer => ({ status: 200, body: {} });
  const insights = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\//;
  const routes: Readonly<Record<string, () => Answer>> = {
    "GET Microsoft.Resources/deployments/okta-8x8-telephony": () => ({
      status: 200,
      body: {
        properties: { outputs: values(group.outputs), parameters: values(group.parameters) },
      },
    }),
    "GET Microsoft.Insights/components": () =>
      listOf([{ name: "appi-test", properties: { AppId: "app-of-the-test" } }]),
    "GET Microsoft.Web/sites/func-test/functions": () =>
      listOf(group.functions.map((name) => ({ name: `func-test/${name}`, properties: {} }))),
    "POST Microsoft.Web/sites/func-test/config/appsettings/list": () => ({
      status: 200,
      body: { properties: group.settings },
    }),
    "POST Microsoft.Web/sites/func-test/restart": done,
    "POST Microsoft.Web/sites/func-test/stop": done,
    "POST Microsoft.Web/sites/func-test/start": done,
    "GET Microsoft.Insights/scheduledQueryRules": () =>
      listOf(
        group.alerts.map(({ name, enabled }) => ({
          name: `alert-${name}-test`,
          properties: { enabled },
        })),
      ),
    "GET Microsoft.Insights/actionGroups": () =>
      listOf([{ name: "ag-test", properties: { emailReceivers: [] } }]),
    "POST Microsoft.Insights/actionGroups/ag-test/createNotifications": () => ({
      status: 202,
      body: {},
    }),
  };

  /** Answers the one kind of query that `npm run accept` sends. */
  function queried(query: string): Answer {
    const [, table, since = "", name, key = "", value] =
      /^(\w+) \| where timestamp >= datetime\(([^)]+)\)(?: and name == "([^"]+)")?(?: and tostring\(customDimensions\.(\w+)\) == "([^"]+)")? \| project timestamp, sdkVersion, tostring\(customDimensions\)$/.exec(
        query,
      ) ?? [];
    if (table === undefined) return failure(400, "BadArgumentError");
    // The host names its row after the function. The app names its event otp-delivery.
    const event = table === "requests" && name !== undefined ? "otp-delivery" : name;
    const events = ingestion.envelopes
      .map((one) => Envelope.parse(one))
      .filter(({ data, time }) => data.baseType === "EventData" && time >= new Date(since))
      .map(({ time, tags, data }) => ({
        time,
        sdk: tags["ai.internal.sdkVersion"] ?? "",
        ...EventData.parse(data.baseData),
      }))
      .filter(
        (one) =>
          (event === undefined || one.name === event) &&
          (value === undefined || one.properties[key] === value),
      );
    const row = (time: Date, sdk: string, properties = {}) => [
      time.toISOString(),
      sdk,
      JSON.stringify(properties),
    ];
    const rows =
      table === "customEvents"
        ? events.map(({ time, sdk, properties }) => row(time, sdk, properties))
        : table === "requests"
          ? events.flatMap(({ time }) =>
              group.hostVersion === undefined ? [] : [row(time, group.hostVersion)],
            )
          : Array.from({ length: group.availabilityResults }, () => row(new Date(), ""));
    return { status: 200, body: { tables: [{ name: "PrimaryResult", rows }] } };
  }

  const standIn = await startStandIn({
    note: ({ method, url }) => ({ call: `${method} ${url.pathname.replace(insights, "")}` }),
    answer: ({ url, headers, body }, { call }) => {
      const isQuery = call === "POST /v1/apps/app-of-the-test/query";
      if (!identity.authorizes(headers.authorization, isQuery ? logs : manager))
        return failure(401, "InvalidAuthenticationToken");
      if (isQuery) return queried((JSON.parse(body.toString()) as { query: string }).query);
      if (!url.searchParams.has("api-version")) return failure(400, "MissingApiVersionParameter");
      return routes[call]?.() ?? failure(404, "ResourceNotFound");
    },
    error: failure(500, "InternalServerError"),
    denied: failure(403, "AuthorizationFailed"),
  });
  return {
    ...standIn,
    url: `http://127.0.0.1:${standIn.port}`,
    group,
  };
}
