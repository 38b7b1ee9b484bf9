// A company's central workspace gets what our own would: telemetry and audit logs. Its cap and its
// retention are its owner's.
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

// compiler.test.ts says that there is none, or fails.
(!hasCompiler ? describe.skip : describe)("a central workspace", () => {
  it("is the only one: none is made beside it", async () => {
    expect(all(await variant(), "Microsoft.OperationalInsights/workspaces")).toEqual([]);
  });

  it("gets the telemetry, by Application Insights of our own", async () => {
    const insights = one(await variant(), "Microsoft.Insights/components");
    expect(at(insights, "properties.WorkspaceResourceId")).toBe(central);
    expect(at(insights, "properties.DisableLocalAuth")).toBe(true);
  });

  it("gets every audit log, and each setting is otherwise as it is for a workspace of our own", async () => {
    const logs = (snapshot: Snapshot) => all(snapshot, "Microsoft.Insights/diagnosticSettings");
    const [ours, theirs] = [await compileVariant("param stateTable = true"), await variant()];
    const own = one(ours, "Microsoft.OperationalInsights/workspaces").id;
    expect(logs(theirs)).toHaveLength(4);
    expect(JSON.stringify(logs(theirs))).toBe(JSON.stringify(logs(ours)).replaceAll(own, central));
    expect(
      at(logOf(theirs, one(theirs, "Microsoft.KeyVault/vaults")), "properties.workspaceId"),
    ).toBe(central);
  });

  it("is where the alerts on the vault's log look, for this vault's rows alone", async () => {
    const snapshot = await variant();
    const vault = one(snapshot, "Microsoft.KeyVault/vaults").id;
    for (const alert of ["vault-denied", "secret-read"]) {
      expect(at(onLogs(snapshot, alert), "properties.scopes")).toEqual([central]);
      expect(text(onLogs(snapshot, alert), "properties.criteria.allOf.0.query")).toContain(
        `_ResourceId =~ "${vault}"`,
      );
    }
  });

  it("is watched by its owner for its daily cap; every other alert is as it is without it", async () => {
    const without = alerts(await compileVariant("")).map(name);
    expect(alerts(await variant()).map(name)).toEqual(
      without.filter((alert) => alert !== "daily-cap"),
    );
  });

  it.each(["11111111-2222-3333-4444-555555555555", "log-central"])(
    "is named by its resource id, not by %s, and the refusal says so",
    async (id) => {
      await expect(compileVariant(`param workspaceId = '${id}'`)).rejects.toThrow(
        "Set workspaceId to the resource id of the workspace",
      );
    },
  );
});
