import { smsHosts, voiceHosts } from "../hosts-of-8x8.ts";
import type { Environment, Neighbor, Stage } from "./environment.ts";

/** To keep values that a rule reports, add the rule's name and a reason to accepted.json. */
export interface Rule {
  readonly name: string;
  /** The value `undefined` stands for an environment without a pipeline. */
  readonly stages: readonly (Stage | undefined)[];
  readonly isBroken: (environment: Environment) => boolean;
  readonly wrong: string;
  readonly fix: string | ((environment: Environment) => string);
}

const everywhere = ["test", "production", "standby", undefined] as const;
/** Stages whose environments send people's codes, now or after a failover. */
const live = ["production", "standby"] as const;

function productions({ neighbors }: Environment): readonly Neighbor[] {
  return neighbors.filter(({ stage }) => stage === "production");
}

/** To Azure, `West Europe` and `westeurope` are the same region. */
const inOneSpelling = (region: string | undefined) => region?.replaceAll(" ", "").toLowerCase();

const hostsOf8x8 = { EIGHT_BY_EIGHT_SMS_URL: smsHosts, EIGHT_BY_EIGHT_VOICE_URL: voiceHosts };
const countryLists = ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"];

const inOrder = (settings: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(settings).sort());

/** All rules. docs/parameters.md links this file for operators. */
export const rules: readonly Rule[] = [
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
    name: "standby-by-stage",
    stages: live,
    isBroken: ({ main, stage }) => main.standby !== (stage === "standby"),
    wrong:
      "Production must have the alert for missing requests, and a stand-by must not have this alert.",
    fix: "Set standby to true if the stage in pipeline.json is standby. For other stages, set it to false.",
  },
  {
    name: "standby-sends-alike",
    stages: ["standby"],
    isBroken: (environment) => {
      const of = productions(environment).flatMap(({ main }) =>
        main ? [inOrder(main.hookSettings)] : [],
      );
      return of.length > 0 && !of.includes(inOrder(environment.main.hookSettings));
    },
    wrong: "After a failover, the app would use another sender, other countries or other settings.",
    fix: "Set hookSettings to production's values.",
  },
  {
    name: "standby-elsewhere",
    stages: ["standby"],
    isBroken: (environment) => {
      const regions = productions(environment).flatMap(({ bootstrap }) =>
        bootstrap ? [inOneSpelling(bootstrap.location)] : [],
      );
      const ours = inOneSpelling(environment.bootstrap?.location);
      return regions.length > 0 && regions.every((region) => region === ours);
    },
    wrong: "Production and its stand-by are in the same region, so an outage can stop both.",
    fix: "Set location in bootstrap.bicepparam to another region.",
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
      "The names or the identity in main.bicepparam differ from those in bootstrap.bicepparam.",
    fix: (environment) =>
      `Set these parameters in main.bicepparam: ${differencesIn(environment).join(", ")}.`,
  },
  {
    name: "lock-there",
    stages: everywhere,
    isBroken: ({ main, bootstrap }) =>
      main.workspaceId !== "" &&
      bootstrap?.lock.kind === "CanNotDelete" &&
      (bootstrap.lock.on?.includes("workspace") ?? true),
    wrong:
      "The bootstrap would lock a workspace that does not exist, because the logs go to a central workspace.",
    fix: "Set lock.on in bootstrap.bicepparam to ['app', 'storage', 'vault'].",
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
    fix: "Set EIGHT_BY_EIGHT_SMS_URL and EIGHT_BY_EIGHT_VOICE_URL to 8x8's hosts for your region.",
  },
];

function differencesIn({ main, bootstrap }: Environment): readonly string[] {
  if (bootstrap === undefined) return [];
  const { environmentName, workload, existingIdentity } = bootstrap;
  const identity = existingIdentity?.app ?? `id-${workload}-${environmentName}`;
  return [
    ...(main.environmentName === environmentName ? [] : [`environmentName to ${environmentName}`]),
    ...(main.workload === workload ? [] : [`workload to ${workload}`]),
    ...(main.identity === identity ? [] : [`identity to ${identity}`]),
  ];
}
