// Which alerts an environment has: none, those that even a small company has to know, or all.
import { alerts, name, severity } from "./alerts.ts";
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, at, main, one, type Resource, type Snapshot } from "./snapshot.ts";

const essential = [
  ...[
    "codes-failing",
    "country-failing",
    "no-code-accepted",
    "malformed",
    "okta-fallback",
    "okta-gave-up",
  ],
  ...[
    "key-rejected",
    "no-credit",
    "vault-unreachable",
    "guard-refuses",
    "daily-cap",
    "secret-expiry",
  ],
  ...["health-red", "vault-deleted", "failure-anomalies"],
  ...["role-given", "role-taken", "app-federated", "diagnostics-changed", "diagnostics-deleted"],
];
const receivers = ["pageReceivers", "ticketEmails", "runbookUrl"];

function count(snapshot: Snapshot, type: string): number {
  return all(snapshot, `Microsoft.Insights/${type}`).length;
}

/** Essential alerts look less often. */
function apartFromPace(alert: Resource): unknown {
  const pace = name(alert) === "health-red" ? { windowSize: undefined } : {};
  return {
    ...alert,
    properties: { ...(alert["properties"] as object), evaluationFrequency: undefined, ...pace },
  };
}

it("a small company's alerts look every 15 minutes, where no rule says less often, at a test that two places run as often", () => {
  const paceOf = (type: string) =>
    all(main.small, `Microsoft.Insights/${type}`).map((rule) =>
      at(rule, "properties.evaluationFrequency"),
    );
  expect(new Set(paceOf("scheduledQueryRules"))).toEqual(new Set(["PT15M", "PT1H"]));
  expect(
    all(main.small, "Microsoft.Insights/metricAlerts").map(({ properties }) => properties),
  ).toEqual([expect.objectContaining({ evaluationFrequency: "PT5M", windowSize: "PT15M" })]);
  expect(at(one(main.small, "Microsoft.Insights/webtests"), "properties")).toMatchObject({
    Frequency: 900,
    Locations: [{ Id: "emea-nl-ams-azr" }, { Id: "us-va-ash-azr" }],
  });
});

// compiler.test.ts says that there is none, or fails.
(!hasCompiler ? describe.skip : describe)("alerts", () => {
  it("are all unless something else is said: what production has", async () => {
    expect(alerts(await compileVariant("")).map(name)).toEqual(alerts(main.prod).map(name));
  });

  it("that are essential are these, each as it is among all, with both groups", async () => {
    const snapshot = await compileVariant("param alerts = 'essential'");
    const every = alerts(await compileVariant(""));
    const found = alerts(snapshot);
    expect(found.map(name).toSorted()).toEqual(essential.toSorted());
    expect(alerts(main.small).map(name)).toEqual(found.map(name));
    expect(found.map(apartFromPace)).toEqual(
      every.filter((alert) => essential.includes(name(alert))).map(apartFromPace),
    );
    expect(
      every.filter((alert) => severity(alert) <= 1 && !found.map(name).includes(name(alert))),
    ).toEqual([]);
    expect([count(snapshot, "actionGroups"), count(snapshot, "webtests")]).toEqual([2, 1]);
  });

  it.each(["", "param serviceHealthAlert = true", "param placeholders = 'refused'"])(
    "are none, notify nobody and probe nothing where none is chosen, whoever is named: %s",
    async (choice) => {
      const snapshot = await compileVariant(`param alerts = 'none'\n${choice}`);
      expect(alerts(snapshot)).toEqual([]);
      expect([count(snapshot, "actionGroups"), count(snapshot, "webtests")]).toEqual([0, 0]);
    },
  );

  it("need somebody to notify and a runbook, and name all that is missing", async () => {
    for (const parameter of receivers)
      await expect(compileVariant("param alerts = 'essential'", [parameter])).rejects.toThrow(
        new RegExp(`Set ${parameter} to .*\\. Or set alerts to none\\.`),
      );
    await expect(compileVariant("", receivers)).rejects.toThrow(
      /Set pageReceivers .*Set ticketEmails .*Set runbookUrl /,
    );
  });

  it("that an earlier deployment may have switched on are switched off, not left out", async () => {
    const off = async (choices: string) =>
      all(await compileVariant(choices), "Microsoft.Insights/scheduledQueryRules")
        .filter((rule) => at(rule, "properties.enabled") === false)
        .map(name);
    expect(await off("param standby = true")).toEqual(["no-traffic"]);
    expect(await off("param dailyCapGb = -1")).toEqual(["daily-cap"]);
    expect(await off("")).toEqual([]);
  });
});
