import { alerts, name, severity } from "./alerts.ts";
import { compileVariant, hasCompiler } from "./compiler.ts";
import { all, at, leaves, main, type Snapshot, withAlerts } from "./snapshot.ts";

const mail = (emailAddress: string, i: number) => ({
  name: `mail-${i}`,
  emailAddress,
  useCommonAlertSchema: true,
});

function groups(snapshot: Snapshot): Readonly<Record<string, unknown>> {
  const found = all(snapshot, "Microsoft.Insights/actionGroups");
  return Object.fromEntries(found.map(({ name, properties }) => [name, properties]));
}

/**
 * Names of the action groups that an alert notifies. The four types of alert rules store them in
 * different properties.
 */
function notified(alert: unknown): readonly unknown[] {
  return [...leaves(at(alert, "properties"))]
    .map(({ value }) =>
      typeof value === "string" ? /\/actionGroups\/([^/]+)$/.exec(value)?.[1] : undefined,
    )
    .filter((group) => group !== undefined);
}

describe.each(withAlerts)("action groups (%s)", (environment) => {
  it("alerts of severity 0 and 1 notify the page group, and all others the ticket group", () => {
    // failure-anomalies notifies no one.
    const found = alerts(main[environment]).filter((alert) => name(alert) !== "failure-anomalies");
    const byGroup = (group: string) =>
      found.filter((alert) => notified(alert).join() === `ag-${group}-okta8x8-${environment}`);
    expect(byGroup("page").map(name)).toEqual(
      found.filter((alert) => severity(alert) <= 1).map(name),
    );
    expect(byGroup("ticket").map(name)).toEqual(
      found.filter((alert) => severity(alert) >= 2).map(name),
    );
    expect(byGroup("page").length).toBeGreaterThan(0);
  });
});

// Without a Bicep compiler, these tests are skipped, and compiler.programs.test.ts reports that.
(!hasCompiler ? describe.skip : describe)("receivers", () => {
  it("pageReceivers adds e-mail, SMS and webhook receivers to the page group", async () => {
    const snapshot = await compileVariant(
      `param pageReceivers = {
        emails: ['a@acme.test', 'b@acme.test']
        sms: [{ countryCode: '44', phoneNumber: '7700900123' }, { countryCode: '55', phoneNumber: '11912345678' }]
        webhooks: [{ name: 'rota', url: 'https://rota.acme.test/azure', objectId: '3fa85f64-5717-4562-b3fc-2c963f66afa6', identifierUri: 'api://rota' }]
      }`,
    );
    const { "ag-page-okta8x8-test": page, "ag-ticket-okta8x8-test": ticket } = groups(snapshot);
    expect(page).toEqual({
      enabled: true,
      groupShortName: "okta-page",
      emailReceivers: ["a@acme.test", "b@acme.test"].map(mail),
      smsReceivers: [
        { name: "sms-0", countryCode: "44", phoneNumber: "7700900123" },
        { name: "sms-1", countryCode: "55", phoneNumber: "11912345678" },
      ],
      webhookReceivers: [
        {
          name: "rota",
          serviceUri: "https://rota.acme.test/azure",
          useCommonAlertSchema: true,
          useAadAuth: true,
          objectId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
          identifierUri: "api://rota",
          tenantId: "[tenant().tenantId]",
        },
      ],
    });
    expect(at(ticket, "emailReceivers")).toEqual(["queue@acme.test"].map(mail));
  });

  it.each([
    ["param pageReceivers = { emails: [] }", "minimum allowable length is 1"],
    ["param ticketEmails = []", "Set ticketEmails"],
  ])("main.bicep refuses an empty list of receivers: %s", async (choice, said) => {
    await expect(compileVariant(choice)).rejects.toThrow(said);
  });
});
