import { AzureRefusal, type ReadAzure } from "../../../tools/preflight/azure-cli.ts";
import { judgeDiagnosticSettings } from "../../../tools/preflight/diagnostic-settings.ts";
import { ofType, type Planned } from "../../../tools/preflight/plan.ts";
import { judgeSubscription } from "../../../tools/preflight/subscription.ts";
import { main } from "../../infra/snapshot.ts";

const plan = main.prod.predictedResources as unknown as readonly Planned[];
const diagnosticSettings = "Microsoft.Insights/diagnosticSettings";
const [vault, workspace] = ["KeyVault/vaults", "OperationalInsights/workspaces"].map(
  (type) => ofType(plan, `Microsoft.${type}`)[0]?.name ?? "",
) as [string, string];

const scopeOf = ({ id }: Planned) => id.split(`/providers/${diagnosticSettings}/`)[0] ?? "";
type Setting = { readonly name: string; readonly properties: Record<string, unknown> };

/**
 * Azure lists all categories, and enabled ones as such.
 * https://learn.microsoft.com/rest/api/monitor/diagnostic-settings/list
 */
const asAzureLists = ({ name, properties }: Planned): Setting => {
  const { logs = [], metrics = [], ...rest } = properties as Record<string, object[] | undefined>;
  const off = { category: "Another", categoryGroup: null, enabled: false };
  const workspaceId = String(properties["workspaceId"]).toUpperCase();
  return {
    name,
    properties: {
      logAnalyticsDestinationType: null,
      ...rest,
      workspaceId,
      logs: [...logs, off],
      metrics: [...metrics, { ...off, category: "AllMetrics2" }],
    },
  };
};

function azure(change: (setting: Setting) => readonly Setting[]): ReadAzure {
  return (...words) => {
    const [scope] = (words.at(-1) ?? "").split(`/providers/${diagnosticSettings}`);
    const own = ofType(plan, diagnosticSettings).filter((one) => scopeOf(one) === scope);
    return Promise.resolve({ value: own.flatMap((one) => change(asAzureLists(one))) });
  };
}
const judge = (change: Parameters<typeof azure>[0]) => judgeDiagnosticSettings(plan, azure(change));

describe("diagnostic settings", () => {
  it("judgeDiagnosticSettings() finds settings unchanged that Azure lists with other capitals and disabled categories", async () => {
    expect(await judge((one) => [one])).toEqual({ isUnchanged: true, problems: [] });
  });

  it.each<[string, (one: Setting) => readonly Setting[]]>([
    ["one is missing", (one) => (one.name === "audit" ? [] : [one])],
    ["another workspace gets the logs", (one) => [withProperties(one, { workspaceId: "/other" })]],
    ["a category is off", (one) => [withProperties(one, { logs: [] })]],
  ])("judgeDiagnosticSettings() finds settings changed if %s", async (_, change) => {
    expect(await judge(change)).toEqual({ isUnchanged: false, problems: [] });
  });

  it("judgeDiagnosticSettings() finds nothing unchanged before the first deployment", async () => {
    const missing: ReadAzure = () => Promise.reject(new AzureRefusal("(ResourceNotFound)"));
    expect(await judgeDiagnosticSettings(plan, missing)).toEqual({
      isUnchanged: false,
      problems: [],
    });
  });

  it("judgeDiagnosticSettings() names a policy's setting that sends the same logs to the same workspace", async () => {
    const policys = { categoryGroup: "allLogs", category: null, enabled: true };
    const { isUnchanged, problems } = await judge((one) =>
      one.name === "audit"
        ? [withProperties({ ...one, name: "setByPolicy" }, { logs: [policys] })]
        : [one],
    );
    expect(isUnchanged).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(
        new RegExp(
          `^The diagnostic setting setByPolicy of ${vault} .* to 'policy': docs/network.md#`,
        ),
      ),
    ]);
  });

  it("judgeDiagnosticSettings() accepts another setting that sends other logs, or to another workspace", async () => {
    const other = { category: "AzurePolicyEvaluationDetails", categoryGroup: null, enabled: true };
    const { problems } = await judge((one) =>
      one.name === "audit"
        ? [
            withProperties({ ...one, name: "details" }, { logs: [other], metrics: [] }),
            withProperties({ ...one, name: "hub" }, { workspaceId: "/hub" }),
          ]
        : [one],
    );
    expect(problems).toEqual([]);
  });
});

function withProperties(one: Setting, properties: object): Setting {
  return { ...one, properties: { ...one.properties, ...properties } };
}

const usage = (value: string, currentValue: number, limit: number) => ({
  name: { value },
  currentValue,
  // az prints these numbers as strings for networks.
  limit: String(limit),
});
const providers = [...new Set(plan.map(({ type }) => (type.split("/")[0] ?? "").toLowerCase()))];
const good: Readonly<Record<string, unknown>> = {
  "provider list": [...providers, "Microsoft.App"],
  "functionapp list-flexconsumption-locations": [{ name: "West Europe" }, { name: "North Europe" }],
  "keyvault list-deleted": [{ name: "kv-other", location: "westeurope" }],
  "monitor log-analytics workspace list-deleted-workspaces": [],
  "network list-usages": [usage("VirtualNetworks", 3, 1000)],
  "storage account show-usage": usage("StorageAccounts", 1, 250),
};
const answering =
  (change: Readonly<Record<string, unknown>> = {}): ReadAzure =>
  (...words) => {
    const command = words
      .slice(
        0,
        words.findIndex((word) => word.startsWith("--")),
      )
      .join(" ");
    const answer = { ...good, ...change }[command];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
const judged = (change?: Readonly<Record<string, unknown>>) =>
  judgeSubscription(plan, "rg-okta8x8-prod", answering(change));

describe("the subscription", () => {
  it("judgeSubscription() finds no problem in a subscription that can take the environment", async () => {
    expect(await judged()).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      "a provider that is not registered",
      { "provider list": [...providers] },
      /^The subscription is not registered for Microsoft\.App\. .* az provider register --namespace Microsoft\.App$/,
    ],
    [
      "a region without Flex Consumption",
      { "functionapp list-flexconsumption-locations": [{ name: "North Europe" }] },
      /^Azure does not offer Flex Consumption in westeurope with availability zones\. .* one of: northeurope$/,
    ],
    [
      "a deleted vault of this name",
      { "keyvault list-deleted": [{ name: vault.toUpperCase(), location: "westeurope" }] },
      /^The deleted vault KV-.* az keyvault recover --name .*docs\/deploy\.md#a-deleted-vault$/,
    ],
    [
      "a deleted vault of this name in another region",
      { "keyvault list-deleted": [{ name: vault, location: "northeurope" }] },
      /^The deleted vault .* only in northeurope\. Purge the vault, or use another environment, /,
    ],
    [
      "a deleted workspace of this name in another region",
      {
        "monitor log-analytics workspace list-deleted-workspaces": [
          { name: workspace, location: "North Europe" },
        ],
      },
      /^The deleted workspace log-okta8x8-prod .* only in North Europe\. Set workspaceName /,
    ],
    [
      "a quota that is used up",
      { "network list-usages": [usage("VirtualNetworks", 1000, 1000)] },
      /^The quota VirtualNetworks in westeurope is used up \(1000 of 1000\), .* needs 1\. /,
    ],
  ])("judgeSubscription() names %s, and what to do", async (_, change, words) => {
    expect(await judged(change)).toEqual([expect.stringMatching(words)]);
  });

  it("judgeSubscription() accepts a deleted workspace that Azure recovers in its region", async () => {
    const deleted = [{ name: workspace, location: "West Europe" }];
    expect(
      await judged({ "monitor log-analytics workspace list-deleted-workspaces": deleted }),
    ).toEqual([]);
  });

  it("judgeSubscription() leaves out what the caller may not read, and reports other errors", async () => {
    const denied = new AzureRefusal(
      "(AuthorizationFailed) The client does not have authorization.",
    );
    expect(await judged({ "keyvault list-deleted": denied })).toEqual([]);
    const broken = new AzureRefusal("az: command not found");
    await expect(judged({ "keyvault list-deleted": broken })).rejects.toThrow("command not found");
  });

  it("judgeSubscription() asks only to read", async () => {
    const asked: string[] = [];
    const az: ReadAzure = (...words) => {
      asked.push(words.join(" "));
      return answering()(...words);
    };
    await judgeSubscription(plan, "rg-okta8x8-prod", az);
    await judgeDiagnosticSettings(plan, (...words) => {
      asked.push(words.join(" "));
      return Promise.resolve({ value: [] });
    });
    const reads = /^(?:rest --method get|[a-z -]*\b(?:list|list-[a-z-]+|show-usage)) /;
    expect(asked.filter((call) => !reads.test(call))).toEqual([]);
    expect(asked.length).toBeGreaterThan(8);
  });
});
