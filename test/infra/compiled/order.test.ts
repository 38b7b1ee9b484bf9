// Which resource waits for which, and when it is made. One `dependsOn` too few fails in Azure alone, and only sometimes.
import { hasCompiler } from "../compiler.ts";
import { compile, orderOf } from "./template.ts";

const mustBe: Readonly<Record<string, string>> = {
  "main.bicep": `
ownIdentity: if [empty(parameters('identity'))]
givenIdentity: if [not(empty(parameters('identity')))]
monitoring: givenIdentity ownIdentity
monitoring/workspace: if [empty(parameters('centralWorkspaceId'))]
monitoring/insights: workspace
monitoring/publish: insights
vault: givenIdentity monitoring ownIdentity
vault/readSecrets: vault
vault/audit: vault
storage: givenIdentity monitoring ownIdentity
storage/account::blobs::packages: account::blobs
storage/account::blobs: account
storage/tables::codes: tables if [parameters('stateTable')]
storage/tables: account if [parameters('stateTable')]
storage/ownBlobs: account
storage/ownTables: account if [parameters('stateTable')]
storage/log: account::blobs
storage/tableLog: tables if [parameters('stateTable')]
ownNetwork: if [equals(parameters('network').mode, 'private')]
ownNetwork/operatorRules: if [not(empty(parameters('operatorSubnet')))]
ownNetwork/address: if [parameters('natGateway')]
ownNetwork/gateway: address if [parameters('natGateway')]
ownNetwork/network: appRules endpointRules gateway operatorRules
ownNetwork/links: [format('zones[{0}]', copyIndex())] network
vaultEndpoint: ownNetwork vault if [variables('isPrivate')]
vaultEndpoint/endpoint::records: endpoint if [not(empty(parameters('dnsZoneId')))]
blobEndpoint: ownNetwork storage if [variables('isPrivate')]
blobEndpoint/endpoint::records: endpoint if [not(empty(parameters('dnsZoneId')))]
tableEndpoint: ownNetwork storage if [and(variables('isPrivate'), parameters('stateTable'))]
tableEndpoint/endpoint::records: endpoint if [not(empty(parameters('dnsZoneId')))]
app: blobEndpoint givenIdentity monitoring ownIdentity ownNetwork storage tableEndpoint vault vaultEndpoint
app/app::noFtpPassword: app
app/app::noScmPassword: app
app/app: plan
app/log: app
pageGroup: if [variables('hasAlerts')]
ticketGroup: if [variables('hasAlerts')]
availability: app if [variables('hasAlerts')]
logAlerts: monitoring pageGroup ticketGroup if [variables('hasAlerts')]
metricAlerts: app availability pageGroup ticketGroup vault if [variables('hasAlerts')]
azureAlerts: monitoring pageGroup ticketGroup if [variables('hasAlerts')]
azureAlerts/serviceHealth: if [parameters('serviceHealthAlert')]
workbook: monitoring
`,
  "bootstrap/main.bicep": `
appGroup: if [equals(tryGet(parameters('existingGroups'), 'app'), null())]
pipelineGroup: if [and(variables('hasPipelines'), equals(tryGet(parameters('existingGroups'), 'pipeline'), null()))]
app: appGroup
app/identity::gitHubRuns: identity if [and(not(parameters('exists')), not(equals(parameters('gitHub'), null())))]
app/identity::connectionRuns: identity identity::gitHubRuns if [and(not(parameters('exists')), not(equals(parameters('connection'), null())))]
app/identity: if [not(parameters('exists'))]
app/given: if [parameters('exists')]
deployer: pipelineGroup if [variables('hasPipelines')]
deployer/identity::gitHubRuns: identity if [and(not(parameters('exists')), not(equals(parameters('gitHub'), null())))]
deployer/identity::connectionRuns: identity identity::gitHubRuns if [and(not(parameters('exists')), not(equals(parameters('connection'), null())))]
deployer/identity: if [not(parameters('exists'))]
deployer/given: if [parameters('exists')]
previewer: pipelineGroup if [variables('hasPipelines')]
previewer/identity::gitHubRuns: identity if [and(not(parameters('exists')), not(equals(parameters('gitHub'), null())))]
previewer/identity::connectionRuns: identity identity::gitHubRuns if [and(not(parameters('exists')), not(equals(parameters('connection'), null())))]
previewer/identity: if [not(parameters('exists'))]
previewer/given: if [parameters('exists')]
deployerGrants: app deployer if [variables('hasPipelines')]
deployerGrants/deployerRole: if [empty(parameters('existingRoles').deployer)]
deployerGrants/deploys: deployerRole
deployerGrants/roleGiverRole: if [empty(parameters('existingRoles').roleGiver)]
deployerGrants/givesTheAppItsRoles: roleGiverRole
previewerGrants: appGroup previewer if [variables('hasPipelines')]
previewerGrants/previewerRole: if [empty(parameters('existingRole'))]
previewerGrants/previews: previewerRole
peopleGrants: appGroup
peopleGrants/secretsWriterRole: if [and(not(empty(parameters('vaultOperatorsGroupId'))), empty(parameters('existingRoles').secretsWriter))]
peopleGrants/writesSecrets: secretsWriterRole if [not(empty(parameters('vaultOperatorsGroupId')))]
peopleGrants/onCallRole: if [and(not(empty(parameters('onCallGroupId'))), empty(parameters('existingRoles').onCall))]
peopleGrants/isOnCall: onCallRole if [not(empty(parameters('onCallGroupId')))]
locks: appGroup if [equals(parameters('lock').kind, 'CanNotDelete')]
locks/appLock: if [contains(parameters('on'), 'app')]
locks/accountLock: if [contains(parameters('on'), 'storage')]
locks/vaultLock: if [contains(parameters('on'), 'vault')]
locks/workspaceLock: if [contains(parameters('on'), 'workspace')]
accessAlert: appGroup pipelineGroup if [not(empty(parameters('accessAlertEmails')))]
accessAlert/rolesAbove: notified
`,
  "front.bicep": `
profile::endpoint: profile
profile::domain: profile
profile::apps: profile
origins: profile::apps
forward: origins profile::apps profile::domain profile::endpoint
guard: firewall profile profile::domain
firewallLog: profile if [not(empty(parameters('workspaceId')))]
unhealthy: profile if [not(empty(parameters('ticketGroupId')))]
`,
};

// compiler.test.ts says that there is no compiler, or fails.
(!hasCompiler ? describe.skip : describe)("the order of a deployment", () => {
  it.each(Object.entries(mustBe))("of %s is this one", async (file, order) => {
    const said = orderOf(await compile(file)).filter((line) => !line.endsWith(":"));
    expect(said).toEqual(order.trim().split("\n"));
  });
});
