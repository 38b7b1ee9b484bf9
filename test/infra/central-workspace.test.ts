// A company's central workspace gets the same telemetry and audit logs. Its owner sets its cap and
// retention.
import { alerts, name } from "./alerts.ts";
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, at, logOf, one, type Snapshot, text } from "./snapshot.ts";

const central =
  "/subscriptions/0/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-central";
const variant = (more = "") =>
  compileVariant(`param workspaceId = '${central}'\nparam stateTable = true\n${more}`);

function onLogs(snapshot: Snapshot, alert: string) {
  const rules = all(snapshot, "Microsoft.Insights/scheduledQueryRules");
  return rules.find((rule) => name(rule) === alert);
}

// Without a compiler, compiler.test.ts prints that, or fails.
(!hasCompiler ? describe.skip : describe)("a central workspace", () => {
  it("is the only workspace", async () => {
    expect(all(await variant(), "Microsoft.OperationalInsights/workspaces")).toEqual([]);
  });

  it("gets the telemetry through our own Application Insights", async () => {
    const insights = one(await variant(), "Microsoft.Insights/components");
    expect(at(insights, "properties.WorkspaceResourceId")).toBe(central);
    expect(at(insights, "properties.DisableLocalAuth")).toBe(true);
  });

  it("gets every audit log, with the settings of our own workspace", async () => {
    const logs = (snapshot: Snapshot) => all(snapshot, "Microsoft.Insights/diagnosticSettings");
    const [ours, theirs] = [await compileVariant("param stateTable = true"), await variant()];
    const own = one(ours, "Microsoft.OperationalInsights/workspaces").id;
    expect(logs(theirs)).toHaveLength(4);
    expect(JSON.stringify(logs(theirs))).toBe(JSON.stringify(logs(ours)).replaceAll(own, central));
    expect(
      at(logOf(theirs, one(theirs, "Microsoft.KeyVault/vaults")), "properties.workspaceId"),
    ).toBe(central);
  });

  it("is read by the alerts on the vault's log, for this vault's rows only", async () => {
    const snapshot = await variant();
    const vault = one(snapshot, "Microsoft.KeyVault/vaults").id;
    for (const alert of ["vault-denied", "secret-read"]) {
      expect(at(onLogs(snapshot, alert), "properties.scopes")).toEqual([central]);
      expect(text(onLogs(snapshot, alert), "properties.criteria.allOf.0.query")).toContain(
        `_ResourceId =~ "${vault}"`,
      );
    }
  });

  it("has no alert on its daily cap and otherwise the same alerts", async () => {
    const without = alerts(await compileVariant("")).map(name);
    expect(alerts(await variant()).map(name)).toEqual(
      without.filter((alert) => alert !== "daily-cap"),
    );
  });

  it.each(["11111111-2222-3333-4444-555555555555", "log-central"])(
    "is refused as %s, and the error asks for the resource id",
    async (id) => {
      await expect(compileVariant(`param workspaceId = '${id}'`)).rejects.toThrow(
        "Set workspaceId to the resource id of the workspace",
      );
    },
  );
});
