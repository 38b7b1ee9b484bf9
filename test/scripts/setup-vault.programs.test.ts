import { apiKey, createSetupProject, productionAnswers } from "./setup-project.ts";

const answers = {
  ...productionAnswers,
  "for calls": "-",
  Countries: "DE,SG",
  "8x8's API": "https://sms.8x8.uk",
};

const project = createSetupProject();

it("setup asks for no secret of a closed vault, and for no hook secret with tokens", async () => {
  const file = "project/infra/environments/examples/prod/main.bicepparam";
  const settings = "param hookSettings = {\n";
  project.write(
    file,
    project.read(file).replace(settings, `${settings}  OKTA_HOOK_AUTH: 'token'\n`),
  );
  const closed =
    "az keyvault secret set *\nERROR: (Forbidden) Client address is not authorized. Inner error: ForbiddenByFirewall";
  const { status, screen, questions } = await project.setup(["prod"], answers, closed);
  expect(screen).toMatch(/The vault will be closed to the internet\. If .*, setup stops there/);
  expect(screen).toMatch(/\nThe vault cannot be reached from this machine\. docs\/network\.md.*\n/);
  expect(screen).toMatch(
    /Stopped at: Secrets\. This vault is closed to the internet\..*docs\/network\.md#a-machine-that-reaches-the-vault.* run scripts\/setup\.sh prod again/,
  );
  expect([
    status,
    project.roles(),
    questions.filter((question) => question.includes("(not shown)")),
  ]).toEqual([1, [], []]);

  const second = await project.setup(["prod"], {
    "8x8 API key": apiKey,
    "Continue?": "y",
    "Is this yours?": "y",
  });
  expect([second.status, /Hook secret|Authentication secret/.test(second.screen)]).toEqual([
    0,
    false,
  ]);
  expect(project.files("stand-in/azure/secrets/kv-prod")).toEqual([
    "eight-by-eight-api-key",
    "phone-hash-key",
  ]);
  expect(second.screen).toContain("  Authentication         OAuth 2.0 (docs/tokens.md#in-okta)\n");
});
