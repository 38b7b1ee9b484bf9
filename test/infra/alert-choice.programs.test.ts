// Tests the choices of the parameter alerts: none, essential and all.
import { alerts, name, severity } from "./alerts.ts";
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, at, main, one, type Resource, type Snapshot } from "./snapshot.ts";

const essential = [
  ...["codes-failing", "no-code-accepted", "okta-gave-up", "health-red", "vault-deleted"],
  ...["guard-refuses", "daily-cap", "second-provider", "secret-expiry", "failure-anomalies"],
  ...Array<string>(5).fill("access-changed"),
];
const receivers = ["pageReceivers", "ticketEmails", "runbookUrl"];

function count(snapshot: Snapshot, type: string): number {
  return all(snapshot, `Microsoft.Insights/${type}`).length;
}

/** Leaves out how often an alert runs, because alerts = essential makes alerts run less often. */
function apartFromPace(alert: Resource): unknown {
  const pace = name(alert) === "health-red" ? { windowSize: undefined } : {};
  return {
    ...alert,
    properties: { ...(alert["properties"] as object), evaluationFrequency: undefined, ...pace },
  };
}

it("the example small runs log alerts every 15 or 60 minutes and its availability test every 15", () => {
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

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("the parameter alerts", () => {
  it("main.bicep creates the same alerts by default as for prod", async () => {
    expect(alerts(await compileVariant("")).map(name)).toEqual(alerts(main.prod).map(name));
  });

  it("alerts = essential creates the essential alerts, which differ only in how often they run", async () => {
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
    "alerts = none creates no alert, no action group and no availability test, even with: %s",
    async (choice) => {
      const snapshot = await compileVariant(`param alerts = 'none'\n${choice}`);
      expect(alerts(snapshot)).toEqual([]);
      expect([count(snapshot, "actionGroups"), count(snapshot, "webtests")]).toEqual([0, 0]);
    },
  );

  it("main.bicep names every missing parameter if receivers or runbookUrl are missing", async () => {
    for (const parameter of receivers)
      await expect(compileVariant("param alerts = 'essential'", [parameter])).rejects.toThrow(
        new RegExp(`Set ${parameter} to .*\\. Or set alerts to none\\.`),
      );
    await expect(compileVariant("", receivers)).rejects.toThrow(
      /Set pageReceivers .*Set ticketEmails .*Set runbookUrl /,
    );
  });

  it("main.bicep disables no-traffic on a stand-by, and daily-cap if there is no cap", async () => {
    const off = async (choices: string) =>
      all(await compileVariant(choices), "Microsoft.Insights/scheduledQueryRules")
        .filter((rule) => at(rule, "properties.enabled") === false)
        .map(name);
    expect(await off("param standby = true")).toEqual(["no-traffic"]);
    expect(await off("param dailyCapGb = -1")).toEqual(["daily-cap"]);
    expect(await off("")).toEqual([]);
  });
});
