// Tests the parameter workspaceId: telemetry and audit logs go to a company's central workspace,
// whose owner sets its cap and retention.
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

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("a central workspace", () => {
  it("main.bicep creates no workspace if workspaceId is set", async () => {
    expect(all(await variant(), "Microsoft.OperationalInsights/workspaces")).toEqual([]);
  });

  it("main.bicep sends every audit log to the central workspace, with the same settings", async () => {
    const logs = (snapshot: Snapshot) => all(snapshot, "Microsoft.Insights/diagnosticSettings");
    const [ours, theirs] = [await compileVariant("param stateTable = true"), await variant()];
    const own = one(ours, "Microsoft.OperationalInsights/workspaces").id;
    expect(logs(theirs)).toHaveLength(4);
    expect(JSON.stringify(logs(theirs))).toBe(JSON.stringify(logs(ours)).replaceAll(own, central));
    expect(
      at(logOf(theirs, one(theirs, "Microsoft.KeyVault/vaults")), "properties.workspaceId"),
    ).toBe(central);
  });

  it("main.bicep limits the alerts on the vault's log to rows of its own vault", async () => {
    const snapshot = await variant();
    const vault = one(snapshot, "Microsoft.KeyVault/vaults").id;
    for (const alert of ["vault-failing", "secret-read"]) {
      expect(at(onLogs(snapshot, alert), "properties.scopes")).toEqual([central]);
      expect(text(onLogs(snapshot, alert), "properties.criteria.allOf.0.query")).toContain(
        `_ResourceId =~ "${vault}"`,
      );
    }
  });

  it("main.bicep creates all alerts except daily-cap if workspaceId is set", async () => {
    const without = alerts(await compileVariant("")).map(name);
    expect(alerts(await variant()).map(name)).toEqual(
      without.filter((alert) => alert !== "daily-cap"),
    );
  });

  it.each(["11111111-2222-3333-4444-555555555555", "log-central"])(
    "main.bicep refuses %s as workspaceId, and asks for a resource id",
    async (id) => {
      await expect(compileVariant(`param workspaceId = '${id}'`)).rejects.toThrow(
        "Set workspaceId to the resource id of the workspace",
      );
    },
  );
});
