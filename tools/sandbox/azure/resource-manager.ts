import { functionNames } from "../../../src/functions/register.ts";
import type { FakeIdentity } from "./identity.ts";
import type { FakeIngestion } from "./ingestion.ts";
import { Envelope, EventData } from "./envelopes.ts";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";

/** The resource group of one deployment, without alerts. */
export interface Group {
  outputs: Record<string, string>;
  parameters: Record<string, unknown>;
}

export interface FakeResourceManager extends StandIn<{ readonly call: string }> {
  readonly url: string;
  readonly group: Group;
}

const failure = (status: number, code: string): Answer => ({
  status,
  body: { error: { code, message: "Refused." } },
});
const listOf = (...value: readonly object[]): Answer => ({ status: 200, body: { value } });
const manager = "https://management.azure.com";
const logs = "https://api.applicationinsights.io";
const logsId = "5d2e1c4a-9b1f-4b52-9a1c-7f3d2c1b0a99";
const subscription = "/subscriptions/b3b1a7a0-2c1e-4d59-9d1e-0f6f1a7e2c11";

/**
 * Starts a stand-in, over HTTP, for the parts of Azure Resource Manager and of Application
 * Insights' query API that `accept` reads.
 * https://learn.microsoft.com/rest/api/resources/deployments/get,
 * https://learn.microsoft.com/rest/api/appservice/web-apps/list-functions and
 * https://learn.microsoft.com/rest/api/application-insights/query/get
 */
export async function startResourceManager(
  identity: FakeIdentity,
  ingestion: FakeIngestion,
): Promise<FakeResourceManager> {
  const group: Group = { outputs: {}, parameters: {} };
  const values = (named: object) =>
    Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, { value: value as unknown }]),
    );
  const providers = /^\/subscriptions\/[\w-]+\/resourceGroups\/[^/]+\/providers\//;

  function read(call: string): Answer | undefined {
    const app = group.outputs["functionAppName"] ?? "";
    switch (call) {
      case "/subscriptions":
        return listOf({ id: subscription });
      case "Microsoft.Resources/deployments/okta-8x8-telephony": {
        const properties = { outputs: values(group.outputs), parameters: values(group.parameters) };
        return { status: 200, body: { properties } };
      }
      case "Microsoft.Insights/components":
        return listOf({ name: "appi-test", properties: { AppId: logsId } });
      case `Microsoft.Web/sites/${app}`: {
        const functionAppConfig = { siteUpdateStrategy: { type: "Recreate" } };
        return { status: 200, body: { name: app, properties: { functionAppConfig } } };
      }
      case `Microsoft.Web/sites/${app}/functions`:
        return listOf(
          ...functionNames.map((name) => ({
            name: `${app}/${name}`,
            properties: { isDisabled: false },
          })),
        );
      default:
        return undefined;
    }
  }

  /**
   * Answers the only query that `accept` sends. No Functions host writes rows here, so the
   * host's rows are made from the app's events.
   */
  function queried(query: string): Answer {
    const [, since = "", quoted = ""] =
      /^union requests, customEvents, availabilityResults \| where timestamp >= datetime\(([^)]+)\) and name in \(([^)]+)\) \| extend customDimensions = tostring\(customDimensions\) \| sort by timestamp asc$/.exec(
        query,
      ) ?? [];
    const names = quoted.split(", ").map((name) => name.slice(1, -1));
    const events = ingestion.envelopes
      .map((one) => Envelope.parse(one))
      .filter(({ data, time }) => data.baseType === "EventData" && time >= new Date(since))
      .map(({ time, tags, data }) => ({ time, tags, ...EventData.parse(data.baseData) }));
    // https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete
    const row = (name: string, { time, tags }: (typeof events)[number], more: object) => ({
      timestamp: time.toISOString(),
      name,
      itemCount: 1,
      cloud_RoleName: tags["ai.cloud.role"],
      operation_Id: tags["ai.operation.id"],
      sdkVersion: tags["ai.internal.sdkVersion"],
      application_Version: tags["ai.application.ver"],
      resultCode: "",
      customDimensions: "",
      ...more,
    });
    const rows = events.flatMap((event) => [
      row(event.name, event, { customDimensions: JSON.stringify(event.properties) }),
      // The Functions host names its row after the function.
      ...(event.name === "otp-delivery"
        ? [row("telephony-hook", event, requestOf(event.properties))]
        : []),
    ]);
    const wanted = rows.filter(({ name }) => names.includes(name));
    const columns = Object.keys(rows[0] ?? {}).map((name) => ({ name, type: "string" }));
    const table = { name: "PrimaryResult", columns, rows: wanted.map(Object.values) };
    return { status: 200, body: { tables: [table] } };
  }

  const standIn = await startStandIn({
    note: ({ method, url }) => ({ call: `${method} ${url.pathname.replace(providers, "")}` }),
    answer: ({ url, headers }, { call }) => {
      const [method = "", path = ""] = call.split(" ");
      const isQuery = path === `/v1/apps/${logsId}/query`;
      if (!identity.authorizes(headers.authorization, isQuery ? logs : manager))
        return failure(401, "InvalidAuthenticationToken");
      if (method !== "GET") return failure(405, "MethodNotAllowed");
      if (isQuery) return queried(url.searchParams.get("query") ?? "");
      if (!url.searchParams.has("api-version")) return failure(400, "MissingApiVersionParameter");
      return read(path) ?? failure(404, "ResourceNotFound");
    },
    error: failure(500, "InternalServerError"),
    denied: failure(403, "AuthorizationFailed"),
  });
  return { ...standIn, url: `http://127.0.0.1:${standIn.port}`, group };
}

/** Returns values that only the Functions host writes. */
function requestOf({ outcome = "", reason }: Readonly<Record<string, string>>) {
  const statuses: Readonly<Record<string, string>> = {
    unauthenticated: "401",
    unavailable: "503",
    malformed: reason === "too-large" ? "413" : "400",
  };
  const resultCode = statuses[outcome] ?? "200";
  return { sdkVersion: "azurefunctions: 4.1049.0.0", resultCode };
}
