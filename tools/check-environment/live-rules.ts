import { inOneSpelling, live, productions, type Rule } from "./rule.ts";

const countryLists = ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"];

/** Returns true for a missing or malformed value too: the app's schema checks for these. */
function isWithin(value: string | undefined, from: number, to: number): boolean {
  const number = Number(value);
  return !(number < from || number > to);
}

const noGroups = { vaultOperatorsGroupId: "", onCallGroupId: "" };

const inOrder = (settings: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(settings).sort());

/** Rules for production and its stand-by. */
export const liveRules: readonly Rule[] = [
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
    wrong: "Toll fraud goes unnoticed, because nothing is counted.",
    fix: "Set GUARD_MODE to record or enforce.",
  },
  {
    name: "countries-named",
    // A small company's environment has no pipeline, and so no stage.
    stages: [...live, undefined],
    isBroken: ({ main }) => !countryLists.some((list) => main.hookSettings[list]),
    wrong: "Codes go to every country, so toll fraud can cost you money.",
    fix: "Set PHONE_POLICY_ALLOWED_COUNTRIES to the countries where your people live.",
  },
  {
    name: "secret-ages",
    stages: live,
    isBroken: ({ main: { hookSettings: set } }) =>
      !isWithin(set["SECRET_MAX_AGE_MINUTES"], 6, 60) ||
      !isWithin(set["SECRET_OUTAGE_HOURS"], 8, 168),
    wrong: "If the vault fails for a night, no code is sent, or a disabled secret works too long.",
    fix: "Set SECRET_MAX_AGE_MINUTES between 6 and 60, and SECRET_OUTAGE_HOURS between 8 and 168.",
  },
  {
    name: "purge-protection",
    stages: live,
    isBroken: ({ main }) => !main.purgeProtection,
    wrong: "A deleted vault can be purged, which loses its secrets.",
    fix: "Set purgeProtection to true.",
  },
  {
    name: "two-groups",
    stages: live,
    isBroken: ({ bootstrap: { vaultOperatorsGroupId: writers, onCallGroupId } = noGroups }) =>
      onCallGroupId !== "" && onCallGroupId === writers,
    wrong: "The people on call can replace the hook secret and the 8x8 key.",
    fix: "Set onCallGroupId and vaultOperatorsGroupId to different groups.",
  },
  {
    name: "two-warm-instances",
    stages: live,
    // https://github.com/Azure/azure-functions-host/issues/11632
    isBroken: ({ main }) => main.scale.alwaysReady < 2,
    wrong: "Azure can drain the only warm instance at any time, which delays codes.",
    fix: "Set scale.alwaysReady to 2 or more.",
  },
  {
    name: "standby-by-stage",
    stages: live,
    isBroken: ({ main, stage }) => main.standby !== (stage === "standby"),
    wrong:
      "The alert for missing requests is wrong: production needs it, and a stand-by must not have it.",
    fix: "Set standby to true if the stage in pipeline.json is standby, and to false otherwise.",
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
    wrong: "A failover would change sender, countries or other settings.",
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
    wrong: "One region's outage stops production and its stand-by together.",
    fix: "Set location in bootstrap.bicepparam to another region.",
  },
];
