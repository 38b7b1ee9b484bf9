// What the templates give out, and to each other: an empty one is deployed without an error, and breaks what reads it.
import { hasCompiler, templateFiles } from "../compiler.ts";
import { compile } from "./template.ts";

const mustBe: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "main.bicep": {
    hookUrl: "[format('https://{0}/api/okta/telephony', reference('app').outputs.hostName.value)]",
    healthUrl: "[format('https://{0}/api/health', reference('app').outputs.hostName.value)]",
    functionAppName: "[variables('appName')]",
    vaultName: "[variables('vaultName')]",
    outboundAddress:
      "[if(equals(parameters('network').mode, 'private'), reference('ownNetwork').outputs.outboundAddress.value, '')]",
    inputs: "[parameters('inputs')]",
  },
  "front.bicep": {
    frontDoorId: "[reference('profile').frontDoorId]",
    hookUrl: "[format('https://{0}{1}', parameters('hostName'), variables('routes')[0].path)]",
    cname: "[reference('profile::endpoint').hostName]",
    domainProof: "[reference('profile::domain').validationProperties.validationToken]",
  },
  "bootstrap/main.bicep": {
    resourceGroupName: "[variables('appGroupName')]",
    deployClientId: "[if(variables('hasPipelines'), reference('deployer').outputs.clientId.value, '')]",
    previewClientId: "[if(variables('hasPipelines'), reference('previewer').outputs.clientId.value, '')]",
    tenantId: "[tenant().tenantId]",
    subscriptionId: "[subscription().subscriptionId]",
    inputs: "[parameters('inputs')]",
  },
  "bootstrap/identity.bicep": {
    principalId: "[if(parameters('exists'), reference('given').principalId, reference('identity').principalId)]",
    clientId: "[if(parameters('exists'), reference('given').clientId, reference('identity').clientId)]",
  },
  "modules/function-app.bicep": { hostName: "[reference('app').defaultHostName]" },
  "modules/monitoring.bicep": { connectionString: "[reference('insights').ConnectionString]" },
  "modules/network.bicep": { outboundAddress: "[if(parameters('natGateway'), reference('address').ipAddress, '')]" },
};

// compiler.test.ts says that there is no compiler, or fails.
(!hasCompiler ? describe.skip : describe)("the outputs", () => {
  it.each(templateFiles("**/*.bicep"))("of %s are these", async (file) => {
    const outputs = Object.entries((await compile(file)).outputs ?? {}).filter(([, { value }]) => value !== undefined);
    expect(Object.fromEntries(outputs.map(([name, { value }]) => [name, value]))).toEqual(mustBe[file] ?? {});
  });
});
