import { smsHosts, urlsOf, voiceHosts } from "../hosts-of-8x8.ts";
import { inOneSpelling, isValue, placeRules } from "./place-rules.ts";
import { productions, standbyRules } from "./standby-rules.ts";
import type { Environment } from "./environment.ts";
import { everywhere, live, type Rule } from "./rule.ts";

const hostsOf8x8 = { EIGHT_BY_EIGHT_SMS_URL: smsHosts, EIGHT_BY_EIGHT_VOICE_URL: voiceHosts };
const countryLists = ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"];

/** All rules. docs/parameters.md links this file for operators. */
export const rules: readonly Rule[] = [
  ...standbyRules,
  ...placeRules,
  {
    name: "alerts-on",
    stages: live,
    isBroken: ({ main }) => main.alerts === "none",
    wrong: "No alert is raised when codes stop arriving.",
    fix: "Set alerts to 'essential' or 'all'.",
  },
  {
    name: "guard-on",
    stages: live,
    isBroken: ({ main }) => main.hookSettings["GUARD_MODE"]?.toLowerCase() === "off",
    wrong: "The guard counts no codes, so toll fraud goes unnoticed.",
    fix: "Set GUARD_MODE to record or enforce.",
  },
  {
    name: "countries-named",
    // A small company's environment has no pipeline, so its stage is undefined.
    stages: [...live, undefined],
    isBroken: ({ main }) => !countryLists.some((list) => main.hookSettings[list]),
    wrong: "Codes go to every country, so toll fraud can cost you money.",
    fix: "Set PHONE_POLICY_ALLOWED_COUNTRIES to the countries where your people live.",
  },
  {
    name: "two-warm-instances",
    stages: live,
    // https://github.com/Azure/azure-functions-host/issues/11632
    isBroken: ({ main }) => main.scale.alwaysReady < 2,
    wrong: "Azure can stop the only warm instance at any time. Codes are then delayed.",
    fix: "Set scale.alwaysReady to 2 or more.",
  },
  {
    name: "roles-given",
    stages: everywhere,
    isBroken: ({ main, bootstrap }) => main.identity !== "" && bootstrap === undefined,
    wrong:
      "The identity has no roles, because only a bootstrap assigns roles to an existing identity.",
    fix: "Set identity to '', or add a bootstrap.bicepparam.",
  },
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
      "The deployment would change another environment, or create an environment that the pipeline does not know.",
    fix: "Set environmentName to the folder's name, or rename the folder.",
  },
  {
    name: "bootstrap-alike",
    stages: everywhere,
    isBroken: (environment) => differencesIn(environment).length > 0,
    wrong:
      "The names, the identity or the region in main.bicepparam differ from those in bootstrap.bicepparam.",
    fix: (environment) =>
      `Set these parameters in main.bicepparam: ${differencesIn(environment).join(", ")}.`,
  },
  {
    name: "lock-there",
    stages: everywhere,
    isBroken: ({ main, bootstrap }) =>
      (main.workspaceId !== "" || main.workspaceName !== (bootstrap?.lock.workspaceName ?? "")) &&
      bootstrap?.lock.kind === "CanNotDelete" &&
      (bootstrap.lock.on?.includes("workspace") ?? true),
    wrong:
      "The bootstrap would lock a workspace that does not exist, because the logs go to another workspace.",
    fix: "Set lock.workspaceName in bootstrap.bicepparam to workspaceName in main.bicepparam. With a central workspace, set lock.on to ['app', 'storage', 'vault'].",
  },
  {
    name: "own-org",
    stages: ["test", undefined],
    isBroken: (environment) =>
      environment.okta !== undefined &&
      productions(environment).some(({ okta }) => okta?.org === environment.okta?.org),
    wrong: "okta.json names production's org, so the command okta could replace production's hook.",
    fix: "Set org in okta.json to your preview org.",
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
      "The 8x8 key and every code would go to a host that 8x8 does not use for SMS or voice calls.",
    fix: `Set EIGHT_BY_EIGHT_SMS_URL to the host for your region: ${urlsOf(smsHosts)}. Set EIGHT_BY_EIGHT_VOICE_URL to ${urlsOf(voiceHosts)}.`,
  },
];

function differencesIn({ main, bootstrap }: Environment): readonly string[] {
  if (bootstrap === undefined) return [];
  const { environmentName, workload, location, existingIdentity } = bootstrap;
  const identity = existingIdentity["app"] ?? `id-${workload}-${environmentName}`;
  return [
    ...(main.environmentName === environmentName ? [] : [`environmentName to ${environmentName}`]),
    ...(main.workload === workload ? [] : [`workload to ${workload}`]),
    ...(main.identity === identity ? [] : [`identity to ${identity}`]),
    ...(isValue(main.location) && inOneSpelling(main.location) !== inOneSpelling(location)
      ? [`location to ${location}`]
      : []),
  ];
}
