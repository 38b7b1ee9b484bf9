import { smsHosts, voiceHosts } from "../hosts-of-8x8.ts";
import { azureRules } from "./azure-rules.ts";
import { liveRules } from "./live-rules.ts";
import type { Environment } from "./environment.ts";
import { everywhere, inOneSpelling, productions, type Rule } from "./rule.ts";

/** All rules. docs/parameters.md lists their names. */
export const rules: readonly Rule[] = [
  ...liveRules,
  ...azureRules,
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
      "The deployment would change another environment, or create one that its pipeline does not know.",
    fix: "Set environmentName to the folder's name, or rename the folder.",
  },
  {
    name: "plain-names",
    stages: everywhere,
    isBroken: ({ main }) =>
      [main.workload, main.environmentName].some((name) => !/^[a-z0-9]+$/.test(name)),
    wrong: "Some Azure names take only a-z and 0-9. Other characters stop the deployment halfway.",
    fix: "Set workload and environmentName to lower-case letters and digits.",
  },
  {
    name: "bootstrap-alike",
    stages: everywhere,
    isBroken: (environment) => differencesIn(environment).length > 0,
    wrong:
      "The bootstrap prepared other names, another identity or another region than the deployment uses.",
    fix: (environment) =>
      `Set in main.bicepparam, to match bootstrap.bicepparam: ${differencesIn(environment).join(", ")}.`,
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
    wrong: "The command npm run okta would point Okta at another environment's app.",
    fix: "Set hook.url in okta.json to the output hookUrl, and events.url to /api/okta/events at the same host.",
  },
  {
    name: "own-org",
    stages: ["test", undefined],
    isBroken: (environment) =>
      environment.okta !== undefined &&
      productions(environment).some(({ okta }) => okta?.org === environment.okta?.org),
    wrong: "okta.json names production's org, so npm run okta could replace production's hook.",
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
    wrong:
      "The app would answer 401 to every request, because okta.json and hookSettings have different authentication.",
    fix: "Set hook.auth and hook.header in okta.json to match OKTA_HOOK_AUTH and OKTA_AUTH_HEADER.",
  },
  {
    name: "sends-to-8x8",
    stages: everywhere,
    isBroken: ({ main: { hookSettings: set } }) =>
      Object.entries(hostsOf8x8).some(([name, hosts]) => {
        const { hostname = "" } = URL.parse(set[name] ?? "") ?? {};
        return set[name] !== undefined && !hosts.includes(hostname);
      }),
    wrong:
      "The app would send the 8x8 key and every code to a host that is not 8x8's, or that 8x8 has for the other channel.",
    fix: "Set EIGHT_BY_EIGHT_SMS_URL and EIGHT_BY_EIGHT_VOICE_URL to 8x8's hosts for your region.",
  },
];

const hostsOf8x8 = { EIGHT_BY_EIGHT_SMS_URL: smsHosts, EIGHT_BY_EIGHT_VOICE_URL: voiceHosts };

function differencesIn({ main, bootstrap }: Environment): readonly string[] {
  if (bootstrap === undefined) return [];
  const { environmentName, workload, location, existingIdentity } = bootstrap;
  const identity = existingIdentity?.app ?? `id-${workload}-${environmentName}`;
  // The default of location is an expression, which means the resource group's location.
  const isElsewhere =
    !main.location.startsWith("[") && inOneSpelling(main.location) !== inOneSpelling(location);
  return [
    ...(main.environmentName === environmentName ? [] : [`environmentName to ${environmentName}`]),
    ...(main.workload === workload ? [] : [`workload to ${workload}`]),
    ...(isElsewhere ? [`location to ${location}`] : []),
    ...(main.identity === identity ? [] : [`identity to ${identity}`]),
  ];
}
