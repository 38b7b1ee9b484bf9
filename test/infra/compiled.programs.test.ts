// Snapshots do not show the order of deployment, the limits of parameters and modules' outputs.
import { build, hasCompiler, templateFiles } from "./compiler.ts";
import { at } from "./snapshot.ts";

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

(!hasCompiler ? describe.skip : describe)("compiled templates", () => {
  // Bicep cannot derive these waits from references. If one of these waits is missing, a deployment
  // fails only in Azure, and not every time.
  it.each([
    // Vault and storage refer to the workspace only by an id that is built from names.
    ["main.bicep", "vault", ["monitoring"]],
    ["main.bicep", "storage", ["monitoring"]],
    ["main.bicep", "serviceEndpoints", ["ownNetwork", "vault", "storage"]],
    // The app needs these modules' roles and network routes when it starts.
    ["main.bicep", "app", ["monitoring", "vault", "storage", "ownNetwork", "serviceEndpoints"]],
    ["main.bicep", "logAlerts", ["monitoring", "pageGroup", "ticketGroup"]],
    ["main.bicep", "availability", ["app", "pageGroup"]],
    ["main.bicep", "azureAlerts", ["monitoring", "pageGroup", "ticketGroup"]],
    ["main.bicep", "workbook", ["monitoring"]],
    ["front.bicep", "forward", ["origins"]],
    ["front.bicep", "guard", ["firewall"]],
    ["bootstrap/main.bicep", "app", ["appGroup"]],
    ["bootstrap/main.bicep", "deployer", ["pipelineGroup"]],
    ["bootstrap/main.bicep", "previewer", ["pipelineGroup"]],
    ["bootstrap/main.bicep", "grants", ["app", "deployer", "previewer"]],
    ["bootstrap/main.bicep", "locks", ["appGroup"]],
    ["bootstrap/main.bicep", "accessAlert", ["appGroup", "pipelineGroup"]],
    ["bootstrap/access-alert.bicep", "rolesAbove", ["notified"]],
    // Azure refuses to create two federated credentials of one identity at once.
    ["bootstrap/identity.bicep", "identity::connectionRuns", ["identity::gitHubRuns"]],
  ])("in %s, the deployment of %s waits for %j", async (file, resource, others) => {
    const waits = (await compile(file)).resources[resource]?.dependsOn;
    expect(waits).toEqual(expect.arrayContaining(others));
  });

  it("private endpoints are deployed one after the other, because Azure can fail to create several at once", async () => {
    const { resources } = await compile("main.bicep");
    expect(resources["serviceEndpoints"]).toMatchObject({ copy: { mode: "serial", batchSize: 1 } });
  });

  it.each(templateFiles("**/*.bicep"))(
    "%s refuses misspelled properties of its object parameters",
    async (file) => {
      const forms = Object.entries((await compile(file)).definitions ?? {});
      const open = forms.filter(
        ([, form]) =>
          Object.keys(form.properties ?? {}).length > 0 && form.additionalProperties !== false,
      );
      expect(open).toEqual([]);
    },
  );

  it("parameters have limits, because Azure would report a wrong value only in the middle of a deployment", async () => {
    expect((await compile("main.bicep")).parameters).toMatchObject({
      // Both values become part of resource names, which Azure limits to 24 characters.
      environmentName: { minLength: 2, maxLength: 5 },
      workload: { minLength: 2, maxLength: 8 },
      // Azure accepts 512 access rules. The Front Door and the availability test need two.
      allowedIpRanges: { maxLength: 510 },
      retentionDays: { minValue: 90, maxValue: 730 },
      placeholders: { defaultValue: "refused" },
    });
    expect(at(await compile("types.bicep"), "definitions.scale.properties")).toMatchObject({
      alwaysReady: { minValue: 1, maxValue: 20 },
      maximum: { minValue: 40, maxValue: 1000 },
      memoryMB: { allowedValues: [2048, 4096] },
    });
    expect((await compile("front.bicep")).parameters).toMatchObject({
      placeholders: { defaultValue: "refused" },
    });
  });

  // If an output reads the wrong resource and is empty, the deployment still succeeds.
  // The snapshots show the outputs of main.bicep, front.bicep and the bootstrap.
  it.each([
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
  ])("%s takes the output %s from the right resource", async (file, name, expression) => {
    expect((await compile(file)).outputs?.[name]?.value).toBe(`[${expression}]`);
  });

  it("front.bicep allows a domain without a validation token, because Azure drops the token after validation", async () => {
    const { domainProof } = (await compile("front.bicep")).outputs ?? {};
    expect(domainProof?.value).toContain("'validationProperties'), 'validationToken'), '')");
  });
});
