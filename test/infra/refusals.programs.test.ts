// A template reports all problems in one message, so one compilation tests several refusals.
import { noSubscription } from "../../tools/check-environment/bicep.ts";
import { compileBootstrap, compileFront, compileVariant, hasCompiler } from "./compiler.ts";

const refusal = (snapshot: Promise<unknown>): Promise<string> =>
  snapshot.then(
    () => "",
    (error: unknown) => String(error),
  );

const subnets = (subscription: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets`;
const ours = subnets(noSubscription);
const theirs = subnets("3fa85f64-5717-4562-b3fc-2c963f66afa6");
const webhook = (name: string) =>
  `{ name: '${name}', url: 'https://pager.acme.test', objectId: '3fa85f64-5717-4562-b3fc-2c963f66afa6', identifierUri: 'api://pager' }`;
const existing = (app: string, endpoints: string, more = "") =>
  `param network = { mode: 'existing', appSubnetId: '${app}', endpointSubnetId: '${endpoints}'${more} }`;
const warm = (alwaysReady: number) =>
  `param scale = { alwaysReady: ${alwaysReady}, maximum: 40, concurrency: 100, memoryMB: 2048 }`;

(!hasCompiler ? describe.skip : describe)("main.bicep", () => {
  it("main.bicep refuses wrong numbers, names and ids, and lists all of them in one message", async () => {
    const said = await refusal(
      compileVariant(`
        ${warm(1)}
        param zoneRedundant = true
        param network = { mode: 'private', addressPrefix: '10.80.0.0/27' }
        param workspaceId = '11111111-2222-3333-4444-555555555555'
        param frontDoorId = 'afd-okta8x8-front'
        param dailyCapGb = 0
        param pageReceivers = { emails: ['a@acme.test'], webhooks: [${webhook("pager")}, ${webhook("Pager")}] }
      `),
    );
    for (const words of [
      "Set scale.alwaysReady to 2 or more",
      "a range of /26 or larger",
      "Set workspaceId to an id with the format /subscriptions/…/resourceGroups/…/providers/Microsoft.OperationalInsights/workspaces/….",
      "Set frontDoorId to the output frontDoorId",
      "Set dailyCapGb to 1 or more",
      "webhooks with different names",
    ])
      expect(said).toContain(words);
  });

  it("main.bicep refuses rolling updates with only one warm instance", async () => {
    const rolling = `${warm(1)}\nparam updateStrategy = 'RollingUpdate'`;
    expect(await refusal(compileVariant(rolling))).toContain("Set scale.alwaysReady to 2 or more");
    expect(await refusal(compileVariant(warm(1)))).toBe("");
  });

  it("main.bicep refuses an address range that does not begin with its first address", async () => {
    const range = "param network = { mode: 'private', addressPrefix: '10.80.0.1/24' }";
    expect(await refusal(compileVariant(range))).toContain("starts with its first address");
  });

  it("main.bicep refuses one subnet for two purposes, a subnet of another subscription, and an underscore in a subnet's name", async () => {
    const one = await refusal(compileVariant(existing(`${theirs}/otp_app`, `${theirs}/OTP_app`)));
    for (const words of [
      "without an underscore",
      "to subnets of this subscription",
      "Set network.endpointSubnetId to another subnet",
    ])
      expect(one).toContain(words);
    const endpoint = await refusal(compileVariant(existing(`${ours}/app`, `${theirs}/pep_1`)));
    expect(endpoint).toContain("to subnets of this subscription");
    expect(endpoint).not.toContain("underscore");
  });

  it("with stateTable, main.bicep refuses central DNS zones that have no zone for tables", async () => {
    const zones = ", dnsZones: { vault: '/zones/vault', blob: '/zones/blob' }";
    const choice = existing(`${ours}/app`, `${ours}/endpoints`, zones);
    expect(await refusal(compileVariant(`param stateTable = true\n${choice}`))).toContain(
      "Set network.dnsZones.table to your",
    );
  });

  it("main.bicep refuses a slash at the end of an id, a network in place of a subnet, and DNS zones in the wrong order", async () => {
    const zone = (name: string) =>
      `/subscriptions/${noSubscription}/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`;
    const [vault, blob] = [zone("vaultcore.azure.net"), zone("blob.core.windows.net")];
    const workspace = `/subscriptions/${noSubscription}/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-acme`;
    const choice = (vaultZone: string, blobZone: string, endpoints: string, end: string) =>
      compileVariant(
        `param workspaceId = '${workspace}${end}'\n${existing(`${ours}/app`, endpoints, `, dnsZones: { vault: '${vaultZone}', blob: '${blobZone}' }`)}`,
      );
    const said = await refusal(choice(blob, vault, ours.replace("/subnets", ""), "/"));
    for (const name of [
      ...["workspaceId", "network.endpointSubnetId"],
      ...["network.dnsZones.vault", "network.dnsZones.blob"],
    ])
      expect(said).toContain(`Set ${name} to an id with the format /subscriptions/…/`);
    expect(said).not.toContain("Set network.appSubnetId");
    expect(await refusal(choice(vault, blob.toUpperCase(), `${ours}/pep`, ""))).toBe("");
  });

  it.each(["okta_otp", "otp-", "-otp", "o--tp", "otp.x"])(
    "main.bicep, front.bicep and the bootstrap refuse the workload %s, of which Azure accepts no vault or account",
    async (workload) => {
      const choice = `param workload = '${workload}'`;
      for (const compile of [compileVariant, compileBootstrap, compileFront])
        expect(await refusal(compile(choice))).toContain("Set workload to ");
    },
  );

  it("main.bicep accepts a workload with capitals, a digit or a hyphen, as earlier versions did", async () => {
    for (const workload of ["Otp", "8x8otp", "my-otp"])
      expect(await refusal(compileVariant(`param workload = '${workload}'`))).toBe("");
  });

  it("main.bicep refuses zones in a region without zones", async () => {
    const zones = (region: string) =>
      refusal(compileVariant(`param zoneRedundant = true\nparam location = '${region}'`));
    expect(await zones("North Central US")).toContain("Set zoneRedundant to false");
    expect(await zones("westeurope")).toBe("");
  });

  it("main.bicep refuses the id of an identity in place of its name, with a sentence", async () => {
    const id = `/subscriptions/${noSubscription}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-otp`;
    expect(await refusal(compileVariant(`param identity = '${id}'`))).toContain(
      "Set identity to the name of an identity",
    );
    expect(await refusal(compileBootstrap(`param existingIdentity = { app: '${id}' }`))).toContain(
      "Set existingGroups and existingIdentity to names",
    );
  });

  it("main.bicep refuses an allowed country without limits if the guard enforces", async () => {
    const settings = (mode: string, more = "") =>
      `param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme_otp', GUARD_MODE: '${mode}'${more} }`;
    const allowed = ", PHONE_POLICY_ALLOWED_COUNTRIES: 'gb, DE,FR,AT,ch'";
    const limits = `${allowed}, GUARD_COUNTRY_LIMITS: '{"GB":{"calls":9},"at, CH":{},"*":{}}'`;
    const line = '"DE,FR":{"enrollments":60,"recoveries":300,"signIns":1000,"calls":300}';
    expect(await refusal(compileVariant(settings("enforce", limits)))).toContain(`Add ${line}, or`);
    expect(await refusal(compileVariant(settings("enforce", allowed)))).toContain('Add "GB,DE,FR,');
    expect(await refusal(compileVariant(settings("enforce")))).toBe("");
    expect(await refusal(compileVariant(settings("record", limits)))).toBe("");
  });

  it("main.bicep refuses every example value", async () => {
    // The examples have these values, but their snapshots are compiled with PLACEHOLDERS=allowed.
    const said = await refusal(
      compileVariant(`
        param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'example_otp', EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: 'example_voice', EIGHT_BY_EIGHT_VOICE_SOURCE: '6588000000', PHONE_POLICY_ALLOWED_COUNTRIES: 'example' }
        param pageReceivers = { emails: ['team@acme.test', 'on-call@example.com'] }
        param ticketEmails = ['queue@example.com']
        param runbookUrl = 'https://github.com/example/okta-8x8-telephony/blob/main/docs/runbooks.md'
      `),
    );
    for (const name of [
      ...["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"],
      ...["EIGHT_BY_EIGHT_VOICE_SOURCE", "PHONE_POLICY_ALLOWED_COUNTRIES"],
    ])
      expect(said).toContain(`Set hookSettings.${name} to `);
    for (const name of ["pageReceivers", "ticketEmails", "runbookUrl"])
      expect(said).toContain(`Set ${name} to `);
  });

  it("main.bicep names the missing parameters that alerts need", async () => {
    const names = ["pageReceivers", "ticketEmails", "runbookUrl"];
    const said = await refusal(compileVariant("param alerts = 'essential'", names));
    for (const name of names)
      expect(said).toMatch(new RegExp(`Set ${name} to .*?\\. Or set alerts to none\\.`));
    expect(await refusal(compileVariant("param pageReceivers = { emails: [] }"))).toContain(
      "minimum allowable length is 1",
    );
  });
});

(!hasCompiler ? it.skip : it)("front.bicep refuses every example value", async () => {
  const said = await refusal(
    compileFront(`
      param hostName = 'otp.example.com'
      param originHostNames = ['prod.example.com', 'dr.example.com']
      param ticketGroupId = '/subscriptions/example'
      param workspaceId = '/subscriptions/example'
      param runbookUrl = 'https://example.com'
    `),
  );
  for (const name of ["hostName", "originHostNames", "ticketGroupId", "workspaceId", "runbookUrl"])
    expect(said).toContain(`Set ${name} to `);
});

const ones = `${"1".repeat(8)}-1111-1111-1111-${"1".repeat(12)}`;
const repository = (owner: string) =>
  `param gitHub = { owner: '${owner}', ownerId: 4711, name: 'hook', id: 815, subject: 'ids' }`;
(!hasCompiler ? describe.skip : describe)("the bootstrap", () => {
  it.each([
    ["accessAlertEmails", "param accessAlertEmails = ['a@example.com']"],
    ["gitHub", repository("example")],
    ["vaultOperatorsGroupId", `param vaultOperatorsGroupId = '${ones}'`],
    ["onCallGroupId", `param onCallGroupId = '${ones}'`],
    [
      "azurePipelines",
      `param azurePipelines = { deploy: { issuer: 'https://i.test', subject: 'sc://${ones}/a' }, preview: { issuer: 'https://i.test', subject: 'sc://b' } }`,
    ],
  ])("the bootstrap refuses an example value of %s", async (name, choice) => {
    expect(await refusal(compileBootstrap(choice))).toContain(
      `Set ${name} in the bootstrap's parameters to `,
    );
  });

  it.each([
    ["existingIdentity", "param existingIdentity = { deployer: 'id-ci', previewer: 'ID-CI' }"],
    ["existingIdentity", "param existingIdentity = { previewer: 'id-okta8x8-test-deploy' }"],
    ["existingGroups", "param existingGroups = { app: 'rg-otp', pipeline: 'RG-otp' }"],
    ["existingGroups", "param existingGroups = { pipeline: 'rg-okta8x8-test' }"],
  ])("the bootstrap refuses one identity or group for two purposes: %s", async (name, choice) => {
    expect(await refusal(compileBootstrap(`${repository("acme")}\n${choice}`))).toContain(
      `Set ${name}`,
    );
  });
});
