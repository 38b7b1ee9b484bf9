import * as z from "zod";
import { AzureRefusal, type ReadAzure } from "./azure-cli.ts";
import { ofType, type Planned } from "./plan.ts";

const inOneSpelling = (region: string) => region.replaceAll(" ", "").toLowerCase();
const named = z.array(z.object({ name: z.string(), location: z.string().nullish() }));

/**
 * Returns a sentence for each reason why the subscription cannot take the resources. Leaves out
 * what the caller may not read, because the owner of one resource group may not read everything.
 */
export async function judgeSubscription(
  plan: readonly Planned[],
  group: string,
  az: ReadAzure,
): Promise<string[]> {
  const [app] = ofType(plan, "Microsoft.Web/sites");
  const region = inOneSpelling(app?.location ?? "");
  const judged = [
    judgeProviders(plan, az),
    judgeRegion(plan, region, az),
    judgeDeletedVault(plan, az),
    judgeDeletedWorkspace(plan, group, az),
    judgeQuotas(plan, region, az),
  ];
  return (await Promise.all(judged.map((one) => one.catch(withoutRights)))).flat();
}

function withoutRights(error: unknown): string[] {
  if (error instanceof AzureRefusal && /AuthorizationFailed|Forbidden/.test(error.message))
    return [];
  throw error;
}

async function judgeProviders(plan: readonly Planned[], az: ReadAzure): Promise<string[]> {
  const words = ["[?registrationState=='Registered'].namespace"];
  const known = z
    .array(z.string().toLowerCase())
    .parse(await az("provider", "list", "--query", ...words));
  const needed = new Set(plan.map(({ type }) => type.split("/")[0] ?? ""));
  // Flex Consumption in a virtual network needs this provider:
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  if (ofType(plan, "Microsoft.Network/privateEndpoints").length > 0) needed.add("Microsoft.App");
  return [...needed]
    .filter((one) => one !== "Microsoft.Authorization" && !known.includes(one.toLowerCase()))
    .map(
      (one) =>
        `The subscription is not registered for ${one}. An owner must run once: az provider register --namespace ${one}`,
    );
}

async function judgeRegion(plan: readonly Planned[], region: string, az: ReadAzure) {
  const [own] = ofType(plan, "Microsoft.Web/serverfarms");
  const zones = own?.properties["zoneRedundant"] === true;
  const query = ["--zone-redundant", String(zones), "--query", "[].{name: name}"];
  const list = named.parse(await az("functionapp", "list-flexconsumption-locations", ...query));
  const regions = list.map(({ name }) => inOneSpelling(name));
  return regions.includes(region)
    ? []
    : [
        `Azure does not offer Flex Consumption in ${region}${zones ? " with availability zones" : ""}. Set location to one of: ${regions.sort().join(" ")}`,
      ];
}

async function judgeDeletedVault(plan: readonly Planned[], az: ReadAzure): Promise<string[]> {
  const [vault] = ofType(plan, "Microsoft.KeyVault/vaults");
  const query = [
    "--resource-type",
    "vault",
    "--query",
    "[].{name: name, location: properties.location}",
  ];
  const deleted = named.parse(await az("keyvault", "list-deleted", ...query));
  return deleted
    .filter(({ name }) => name.toLowerCase() === vault?.name.toLowerCase())
    .map(({ name, location }) => {
      const isHere = inOneSpelling(location ?? "") === inOneSpelling(vault?.location ?? "");
      const way = isHere
        ? `Run az keyvault recover --name ${name}, or purge the vault`
        : `Azure recovers it only in ${location}. Purge the vault, or use another environment, such as prod2`;
      return `The deleted vault ${name} has this environment's name. ${way}: docs/deploy.md#a-deleted-vault`;
    });
}

async function judgeDeletedWorkspace(plan: readonly Planned[], group: string, az: ReadAzure) {
  const [workspace] = ofType(plan, "Microsoft.OperationalInsights/workspaces");
  if (workspace === undefined) return [];
  const query = ["--resource-group", group, "--query", "[].{name: name, location: location}"];
  const deleted = named.parse(
    await az("monitor", "log-analytics", "workspace", "list-deleted-workspaces", ...query),
  );
  return deleted
    .filter(({ name }) => name.toLowerCase() === workspace.name.toLowerCase())
    .filter(
      ({ location }) => inOneSpelling(location ?? "") !== inOneSpelling(workspace.location ?? ""),
    )
    .map(
      ({ name, location }) =>
        `The deleted workspace ${name} keeps its name for 14 days, and Azure recovers it only in ${location}. Set workspaceName to another name: docs/deploy.md#a-deleted-workspace`,
    );
}

const usages = z.array(
  z.object({
    name: z.object({ value: z.string() }),
    currentValue: z.coerce.number(),
    limit: z.coerce.number(),
  }),
);
/** Types of resources, and Azure's names for their quotas. Other quotas cannot be read. */
const quotas: readonly (readonly [string, string])[] = [
  ["Microsoft.Network/virtualNetworks", "VirtualNetworks"],
  ["Microsoft.Network/natGateways", "NatGateways"],
  ["Microsoft.Network/publicIPAddresses", "StandardSkuPublicIpAddresses"],
  ["Microsoft.Network/networkSecurityGroups", "NetworkSecurityGroups"],
  ["Microsoft.Storage/storageAccounts", "StorageAccounts"],
];

/**
 * https://learn.microsoft.com/rest/api/virtualnetwork/usages/list,
 * https://learn.microsoft.com/rest/api/storagerp/usages/list-by-location
 */
async function judgeQuotas(plan: readonly Planned[], region: string, az: ReadAzure) {
  const lists = await Promise.all([
    az("network", "list-usages", "--location", region),
    az("storage", "account", "show-usage", "--location", region).then((one) => [one]),
  ]);
  const all = lists.flatMap((list) => usages.parse(list));
  return quotas.flatMap(([type, name]) => {
    const needed = ofType(plan, type).length;
    const found = all.find((one) => one.name.value === name);
    return needed === 0 || found === undefined || found.currentValue + needed <= found.limit
      ? []
      : [
          `The quota ${name} in ${region} is used up (${found.currentValue} of ${found.limit}), and the environment needs ${needed}. Ask for more: https://learn.microsoft.com/azure/quotas/quickstart-increase-quota-portal`,
        ];
  });
}
