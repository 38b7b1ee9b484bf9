import { liveRules } from "./live-rules.ts";
import { isPrivate } from "./ranges.ts";
import { nearestRegion, regions } from "./regions.ts";
import type { Environment } from "./environment.ts";
import { everywhere, inOneSpelling, productions, type Rule } from "./rule.ts";

/** All of them; docs/parameters.md has their names. */
export const rules: readonly Rule[] = [
  ...liveRules,
  {
    name: "placeholders-refused",
    stages: everywhere,
    isBroken: ({ main, bootstrap }) =>
      [main, bootstrap].some((file) => file?.placeholders === "allowed"),
    wrong: "Example values would be deployed.",
    fix: "Remove placeholders = 'allowed'.",
  },
  {
    name: "own-name",
    stages: everywhere,
    isBroken: ({ name, main }) => main.environmentName !== name,
    wrong:
      "It would be deployed over another environment, or under a name that its pipeline does not have.",
    fix: "Set environmentName to the folder's name, or rename the folder.",
  },
  {
    name: "plain-names",
    stages: everywhere,
    isBroken: ({ main }) =>
      [main.workload, main.environmentName].some((name) => !/^[a-z0-9]+$/.test(name)),
    wrong: "Azure refuses some names with other characters, and a deployment stops halfway.",
    fix: "Set workload and environmentName to lower-case letters and digits.",
  },
  {
    name: "bootstrap-alike",
    stages: everywhere,
    isBroken: (environment) => differencesIn(environment).length > 0,
    wrong:
      "The deployment misses what the bootstrap made, has no right to what it would make, or is in another region.",
    fix: (environment) =>
      `Set in main.bicepparam, as bootstrap.bicepparam has it: ${differencesIn(environment).join(", ")}.`,
  },
  {
    name: "known-region",
    stages: everywhere,
    isBroken: (environment) => unknownRegionsIn(environment).length > 0,
    wrong: "Azure has no region of that name, or has it for less long than this version knows.",
    fix: (environment) =>
      `Set a name that az account list-locations has; nearest to ${unknownRegionsIn(environment)
        .map((region) => `${region} is ${nearestRegion(region)}`)
        .join(", to ")}.`,
  },
  {
    name: "vault-reachable",
    stages: everywhere,
    // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
    isBroken: ({ main: { network } }) =>
      network.appSubnetId !== undefined &&
      network.appSubnetId.toLowerCase() === network.endpointSubnetId?.toLowerCase(),
    wrong:
      "The app cannot reach its secrets, because the subnet of a Flex Consumption app takes no private endpoint.",
    fix: "Set network.endpointSubnetId to another subnet.",
  },
  {
    name: "private-addresses",
    stages: everywhere,
    isBroken: ({ main: { network } }) =>
      typeof network.addressPrefix === "string" && !isPrivate(network.addressPrefix),
    wrong: "The app reaches nobody on the internet who has one of the network's addresses.",
    fix: "Set network.addressPrefix to a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
  },
  {
    name: "own-app",
    stages: everywhere,
    isBroken: ({ main, okta }) => {
      const ours = `func-${main.workload}-${main.environmentName}-`.toLowerCase();
      const hosts = [okta?.hook.url, okta?.events?.url].map(
        (url) => URL.parse(url ?? "")?.hostname ?? "",
      );
      return hosts.some(
        (host) => /^func-.*\.azurewebsites\.net$/.test(host) && !host.startsWith(ours),
      );
    },
    wrong: "npm run okta would give Okta another environment's app.",
    fix: "Set the URLs in okta.json to the output hookUrl, and to /api/okta/events there.",
  },
  {
    name: "own-org",
    stages: ["test", undefined],
    isBroken: (environment) =>
      environment.okta !== undefined &&
      productions(environment).some(({ okta }) => okta?.org === environment.okta?.org),
    wrong: "npm run okta could take the hook of production, whose org okta.json names.",
    fix: "Set org in okta.json to your preview org.",
  },
  {
    name: "sign-in-alike",
    stages: everywhere,
    isBroken: ({ main: { hookSettings: set }, okta }) => {
      if (okta === undefined) return false;
      const auth = (set["OKTA_HOOK_AUTH"] ?? "secret").toLowerCase();
      if (okta.hook.auth === "token") return auth === "secret";
      const header = set["OKTA_AUTH_HEADER"] ?? "authorization";
      return auth === "token" || okta.hook.header.toLowerCase() !== header.toLowerCase();
    },
    wrong: "Every hook is 401, because Okta signs in otherwise than the app expects.",
    fix: "Set hook.auth and hook.header in okta.json as OKTA_HOOK_AUTH and OKTA_AUTH_HEADER say.",
  },
  {
    name: "sends-to-8x8",
    stages: everywhere,
    isBroken: ({ main: { hookSettings: set } }) =>
      ["sms", "voice"].some((channel) => {
        const url = set[`EIGHT_BY_EIGHT_${channel.toUpperCase()}_URL`];
        const { hostname = "" } = URL.parse(url ?? "") ?? {};
        return (
          url !== undefined &&
          !new RegExp(`^${channel}\\.(?:[a-z]+\\.)?8x8\\.(?:com|uk|id)$`).test(hostname)
        );
      }),
    wrong:
      "The 8x8 key and every code go to a host that is not 8x8's, or to 8x8's for the other channel.",
    fix: "Set EIGHT_BY_EIGHT_SMS_URL and EIGHT_BY_EIGHT_VOICE_URL to the hosts that 8x8 names for your region.",
  },
];

function differencesIn({ main, bootstrap }: Environment): readonly string[] {
  if (bootstrap === undefined) return [];
  const { environmentName, workload, location, existingIdentity } = bootstrap;
  const identity = existingIdentity?.app ?? `id-${workload}-${environmentName}`;
  // The default of location is an expression: the group's.
  const isElsewhere =
    !main.location.startsWith("[") && inOneSpelling(main.location) !== inOneSpelling(location);
  return [
    ...(main.environmentName === environmentName ? [] : [`environmentName to ${environmentName}`]),
    ...(main.workload === workload ? [] : [`workload to ${workload}`]),
    ...(isElsewhere ? [`location to ${location}`] : []),
    ...(main.identity === identity ? [] : [`identity to ${identity}`]),
  ];
}

function unknownRegionsIn({ main, bootstrap }: Environment): readonly string[] {
  const named = [main.location, bootstrap?.location].map((region) => inOneSpelling(region) ?? "");
  return [...new Set(named)].filter(
    (region) => region !== "" && !region.startsWith("[") && !regions.includes(region),
  );
}
