// What snapshots do not show: what waits for what, what a parameter may be, and what a module gives
// to the next.
import { build, hasCompiler, templateFiles } from "./compiler.ts";
import { at } from "./snapshot.ts";

/** A template as the compiler writes it for Azure. */
interface Template {
  readonly parameters?: object;
  readonly definitions?: Readonly<
    Record<string, { readonly properties?: object; readonly additionalProperties?: unknown }>
  >;
  readonly resources: Readonly<Record<string, { readonly dependsOn?: readonly string[] }>>;
  readonly outputs?: Readonly<Record<string, { readonly value?: string }>>;
}

async function compile(file: string): Promise<Template> {
  const { contents = "", diagnostics } = await build(file);
  if (contents === "") throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return JSON.parse(contents) as Template;
}

// compiler.test.ts says that there is no compiler, or fails.
(!hasCompiler ? describe.skip : describe)("a template", () => {
  // One too few fails in Azure alone, and only sometimes. Bicep finds all others by itself, by what
  // refers to what.
  it.each([
    // Its logs go to the workspace, whose id is made of names.
    ["main.bicep", "vault", ["monitoring"]],
    ["main.bicep", "storage", ["monitoring"]],
    ["main.bicep", "vaultEndpoint", ["ownNetwork", "vault"]],
    ["main.bicep", "blobEndpoint", ["ownNetwork", "storage"]],
    ["main.bicep", "tableEndpoint", ["ownNetwork", "storage"]],
    // With these come its roles and its ways to vault and storage: it never starts without them.
    [
      "main.bicep",
      "app",
      [
        "monitoring",
        "vault",
        "storage",
        "ownNetwork",
        "vaultEndpoint",
        "blobEndpoint",
        "tableEndpoint",
      ],
    ],
    // Azure fails endpoints that it makes in one subnet at the same time.
    ["main.bicep", "blobEndpoint", ["vaultEndpoint"]],
    ["main.bicep", "tableEndpoint", ["blobEndpoint"]],
    ["main.bicep", "logAlerts", ["monitoring", "pageGroup", "ticketGroup"]],
    ["main.bicep", "metricAlerts", ["app", "vault", "availability", "pageGroup", "ticketGroup"]],
    ["main.bicep", "azureAlerts", ["monitoring", "pageGroup", "ticketGroup"]],
    ["main.bicep", "workbook", ["monitoring"]],
    ["front.bicep", "forward", ["origins"]],
    ["front.bicep", "guard", ["firewall"]],
    ["bootstrap/main.bicep", "app", ["appGroup"]],
    ["bootstrap/main.bicep", "deployer", ["pipelineGroup"]],
    ["bootstrap/main.bicep", "previewer", ["pipelineGroup"]],
    ["bootstrap/main.bicep", "previewerGrants", ["appGroup"]],
    ["bootstrap/main.bicep", "peopleGrants", ["appGroup"]],
    ["bootstrap/main.bicep", "locks", ["appGroup"]],
    ["bootstrap/main.bicep", "accessAlert", ["appGroup", "pipelineGroup"]],
    ["bootstrap/access-alert.bicep", "rolesAbove", ["notified"]],
    // Of one identity Azure makes one at a time.
    ["bootstrap/identity.bicep", "identity::connectionRuns", ["identity::gitHubRuns"]],
  ])("of %s: %s waits for %j", async (file, resource, others) => {
    const waits = (await compile(file)).resources[resource]?.dependsOn;
    expect(waits).toEqual(expect.arrayContaining(others));
  });

  it.each(templateFiles("**/*.bicep"))(
    "%s takes no property that it does not know: misspelled, it would do nothing",
    async (file) => {
      const forms = Object.entries((await compile(file)).definitions ?? {});
      const open = forms.filter(
        ([, form]) =>
          Object.keys(form.properties ?? {}).length > 0 && form.additionalProperties !== false,
      );
      expect(open).toEqual([]);
    },
  );

  it("takes values that Azure would refuse late, or nobody, only within bounds, and keeps what is safe and cheap where none is given", async () => {
    const { parameters } = await compile("main.bicep");
    expect(parameters).toMatchObject({
      // It is part of names that may have 24 letters.
      environmentName: { minLength: 2, maxLength: 5 },
      workload: { minLength: 2, maxLength: 8 },
      retentionDays: { minValue: 90, maxValue: 730, defaultValue: 90 },
      // Else strangers could fill the log at the company's cost.
      dailyCapGb: { minValue: -1, defaultValue: 1 },
      scale: { defaultValue: { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 } },
      updateStrategy: { defaultValue: "Recreate" },
      purgeProtection: { defaultValue: true },
      placeholders: { defaultValue: "refused" },
    });
    expect(at(await compile("types.bicep"), "definitions.scale.properties")).toMatchObject({
      alwaysReady: { minValue: 1, maxValue: 20 },
      maximum: { minValue: 40, maxValue: 1000 },
      concurrency: { minValue: 1, maxValue: 1000 },
    });
    expect(at(await compile("front.bicep"), "parameters")).toMatchObject({
      originHostNames: { minLength: 2, maxLength: 4 },
      placeholders: { defaultValue: "refused" },
    });
  });

  // An empty one is deployed without an error, and breaks what reads it.
  it.each([
    [
      "main.bicep",
      "hookUrl",
      "format('https://{0}/api/okta/telephony', reference('app').outputs.hostName.value)",
    ],
    ["front.bicep", "frontDoorId", "reference('profile').frontDoorId"],
    [
      "bootstrap/main.bicep",
      "deployClientId",
      "if(variables('hasPipelines'), reference('deployer').outputs.clientId.value, '')",
    ],
    [
      "bootstrap/main.bicep",
      "previewClientId",
      "if(variables('hasPipelines'), reference('previewer').outputs.clientId.value, '')",
    ],
    [
      "bootstrap/identity.bicep",
      "principalId",
      "if(parameters('exists'), reference('given').principalId, reference('identity').principalId)",
    ],
    [
      "bootstrap/identity.bicep",
      "clientId",
      "if(parameters('exists'), reference('given').clientId, reference('identity').clientId)",
    ],
    ["modules/function-app.bicep", "hostName", "reference('app').defaultHostName"],
    ["modules/monitoring.bicep", "connectionString", "reference('insights').ConnectionString"],
    [
      "modules/network.bicep",
      "outboundAddress",
      "if(parameters('natGateway'), reference('address').ipAddress, '')",
    ],
  ])("of %s gives out %s", async (file, name, expression) => {
    expect((await compile(file)).outputs?.[name]?.value).toBe(`[${expression}]`);
  });
});
