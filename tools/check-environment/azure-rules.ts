import type { Environment } from "./environment.ts";
import { isPrivate } from "./ranges.ts";
import { flexRegions, nearestRegion, regions, regionsWithoutZones } from "./regions.ts";
import { everywhere, inOneSpelling, type Rule } from "./rule.ts";
import { smsCallingCodes } from "./sms-countries.ts";

/** Rules about values that Azure refuses only after minutes, or accepts without effect. */
export const azureRules: readonly Rule[] = [
  {
    name: "known-region",
    stages: everywhere,
    isBroken: (environment) => unknownRegionsIn(environment).length > 0,
    wrong: "This version's list of Azure regions does not have that name.",
    fix: (environment) =>
      `Set a name from az account list-locations. The name nearest to ${unknownRegionsIn(
        environment,
      )
        .map((region) => `${region} is ${nearestRegion(region)}`)
        .join(", and to ")}.`,
  },
  {
    name: "flex-region",
    stages: everywhere,
    isWarning: true,
    isBroken: (environment) =>
      regionsOf(environment).some(
        (region) => regions.includes(region) && !flexRegions.includes(region),
      ),
    wrong: "This version's list of regions with Flex Consumption does not have that region.",
    fix: "Set location to a region from az functionapp list-flexconsumption-locations.",
  },
  {
    name: "zones-there",
    stages: everywhere,
    isWarning: true,
    isBroken: (environment) =>
      environment.main.zoneRedundant &&
      regionsOf(environment).some((region) => regionsWithoutZones.includes(region)),
    wrong: "According to this version's list, that region has no availability zones.",
    fix: "Set zoneRedundant to false, unless az functionapp list-flexconsumption-locations --zone-redundant=true lists the region.",
  },
  {
    name: "cap-low",
    stages: everywhere,
    isWarning: true,
    isBroken: ({ main }) => main.dailyCapGb > 50,
    wrong: "Unauthenticated callers can make you pay for more than 50 GB of logs each day.",
    fix: "Set dailyCapGb to what you need. 100,000 codes a month stay below 1 GB a day.",
  },
  {
    name: "concurrency-fits",
    stages: everywhere,
    isBroken: ({ main: { scale } }) => scale.concurrency > requestsFor(scale.memoryMB),
    wrong: "An instance gets more requests at once than its processor can answer in time.",
    fix: ({ main: { scale } }) =>
      `Set scale.concurrency to ${requestsFor(scale.memoryMB)} or less for ${scale.memoryMB} MB.`,
  },
  {
    name: "sms-countries",
    stages: everywhere,
    isBroken: ({ main }) =>
      (main.pageReceivers?.sms ?? []).some(
        ({ countryCode }) => !smsCallingCodes.includes(countryCode),
      ),
    wrong: "Azure sends no SMS to this calling code, and refuses the deployment.",
    fix: "Set pageReceivers.sms to numbers in the countries that docs/parameters.md#who-is-paged links to, or use webhooks.",
  },
  {
    name: "one-network",
    stages: everywhere,
    isBroken: ({ main: { network } }) => {
      const [app, endpoints] = [network.appSubnetId, network.endpointSubnetId].map((id) =>
        id?.toLowerCase().replace(/\/subnets\/[^/]*$/, ""),
      );
      return app !== endpoints;
    },
    wrong: "The app and its endpoints are in two networks, and work only if these are peered.",
    fix: "Set network.appSubnetId and network.endpointSubnetId to subnets of one network.",
  },
  {
    name: "vault-reachable",
    stages: everywhere,
    // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
    isBroken: ({ main: { network } }) =>
      network.appSubnetId !== undefined &&
      network.appSubnetId.toLowerCase() === network.endpointSubnetId?.toLowerCase(),
    wrong:
      "The app cannot reach its secrets, because the subnet of a Flex Consumption app cannot hold private endpoints.",
    fix: "Set network.endpointSubnetId to another subnet.",
  },
  {
    name: "private-addresses",
    stages: everywhere,
    isBroken: ({ main: { network } }) =>
      typeof network.addressPrefix === "string" && !isPrivate(network.addressPrefix),
    wrong: "The app cannot reach hosts on the internet that have one of the network's addresses.",
    fix: "Set network.addressPrefix to a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
  },
];

/**
 * Returns 100 requests for each core. 512 MB come with a quarter of a core, 2048 MB with one, 4096
 * MB with two. A core answers over 100 requests a second: docs/maintainers/benchmark.md.
 */
const requestsFor = (memoryMB: number) => ({ 512: 25, 2048: 100 })[memoryMB] ?? 200;

function unknownRegionsIn(environment: Environment): readonly string[] {
  return regionsOf(environment).filter((region) => !regions.includes(region));
}

function regionsOf({ main, bootstrap }: Environment): readonly string[] {
  const named = [main.location, bootstrap?.location].map((region) => inOneSpelling(region) ?? "");
  return [...new Set(named)].filter((region) => region !== "" && !region.startsWith("["));
}
