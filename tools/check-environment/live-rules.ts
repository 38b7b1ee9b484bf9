import { inOneSpelling, live, productions, type Rule } from "./rule.ts";

const countryLists = ["PHONE_POLICY_ALLOWED_COUNTRIES", "PHONE_POLICY_BLOCKED_COUNTRIES"];

/**
 * What a setting's form is, the program's schema says; here, whether a good value is a sane one.
 * Unset, it is.
 */
function isWithin(value: string | undefined, from: number, to: number): boolean {
  const number = Number(value);
  return !(number < from || number > to);
}

const noGroups = { vaultOperatorsGroupId: "", onCallGroupId: "" };

const inOrder = (settings: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(settings).sort());

/** For where people get their codes, now or after a failover. */
export const liveRules: readonly Rule[] = [
  {
    name: "alerts-on",
    stages: live,
    isBroken: ({ main }) => main.alerts === "none",
    wrong: "Nobody is notified when no codes arrive.",
    fix: "Set alerts to 'essential' or 'all'.",
  },
  {
    name: "guard-on",
    stages: live,
    isBroken: ({ main }) => main.hookSettings["GUARD_MODE"]?.toLowerCase() === "off",
    wrong: "Toll fraud stays unseen, because nothing is counted.",
    fix: "Set GUARD_MODE to record or enforce.",
  },
  {
    name: "countries-named",
    // A small company's has no pipeline.
    stages: [...live, undefined],
    isBroken: ({ main }) => !countryLists.some((list) => main.hookSettings[list]),
    wrong: "Codes go to every country, and you pay for toll fraud.",
    fix: "Set PHONE_POLICY_ALLOWED_COUNTRIES to where your people live.",
  },
  {
    name: "secret-ages",
    stages: live,
    isBroken: ({ main: { hookSettings: set } }) =>
      !isWithin(set["SECRET_MAX_AGE_MINUTES"], 6, 60) ||
      !isWithin(set["SECRET_OUTAGE_HOURS"], 8, 168),
    wrong: "A night without the vault stops every code, or a retired secret is accepted for long.",
    fix: "Set SECRET_MAX_AGE_MINUTES to 60 at most, and SECRET_OUTAGE_HOURS to 8 to 168.",
  },
  {
    name: "purge-protection",
    stages: live,
    isBroken: ({ main }) => !main.purgeProtection,
    wrong: "A deleted vault can be purged, and its secrets are lost.",
    fix: "Set purgeProtection to true.",
  },
  {
    name: "two-groups",
    stages: live,
    isBroken: ({ bootstrap: { vaultOperatorsGroupId: writers, onCallGroupId } = noGroups }) =>
      onCallGroupId !== "" && onCallGroupId === writers,
    wrong: "Who is on call for logs can replace the hook secret and the 8x8 key.",
    fix: "Set onCallGroupId to another group than vaultOperatorsGroupId.",
  },
  {
    name: "two-warm-instances",
    stages: live,
    // https://github.com/Azure/azure-functions-host/issues/11632
    isBroken: ({ main }) => main.scale.alwaysReady < 2,
    wrong: "Azure may drain the only warm instance at any time, and codes are late.",
    fix: "Set scale.alwaysReady to 2 or more.",
  },
  {
    name: "standby-by-stage",
    stages: live,
    isBroken: ({ main, stage }) => main.standby !== (stage === "standby"),
    wrong: "Production's silence is no alert, or a stand-by's is one.",
    fix: "Set standby to true where pipeline.json says standby, and only there.",
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
    wrong: "A failover changes sender, countries or answers.",
    fix: "Give hookSettings the values that production has.",
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
    wrong: "An outage of one region takes production and its stand-by.",
    fix: "Set location in bootstrap.bicepparam to another region.",
  },
];
