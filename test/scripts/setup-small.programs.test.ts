import {
  apiKey,
  createSetupProject,
  type SetupProject,
  type SetupRun,
  installed,
} from "./setup-project.ts";

const subscription = "/subscriptions/subscription-id";
const kept = {
  "8x8 API key": apiKey,
  "Continue?": "y",
  "Is this yours?": "y",
};
const small = { ...kept, "sub-account": "octo_otp", "Countries of your people": "BR" };
const needed = [
  "AlertsManagement",
  "Insights",
  "KeyVault",
  "ManagedIdentity",
  "OperationalInsights",
  "Storage",
  "Web",
];

let project: SetupProject;
let run: SetupRun;

function ownTheGroupAlone(): void {
  project.write("stand-in/azure/roles/owner", `Owner\t${subscription}/resourceGroups/rg-hook\t\n`);
  project.write("stand-in/azure/groups/rg-hook", "northeurope\n");
  for (const name of needed) project.write(`stand-in/azure/providers/Microsoft.${name}`, "");
}

beforeEach(() => {
  project = createSetupProject();
});

it("for a person who owns only one resource group, setup deploys in the group's region and without GitHub", async () => {
  ownTheGroupAlone();
  const typed = {
    "Resource group": "rg-hook",
    "sub-account": "octo_otp",
    "Countries of your people": ["", "BR"],
  };
  run = await project.setup(["small"], { ...typed, ...kept });
  expect([
    run.status,
    run.calls.filter((call) =>
      /^gh|deployment sub|provider register|group create/.test(
        call.replace("deployment group create", ""),
      ),
    ),
  ]).toEqual([0, []]);
  expect(run.questions.filter((question) => question.startsWith("Countries"))).toHaveLength(2);
  expect(run.screen).toMatch(/^Subscription +Octo subscription, northeurope\nGroup +rg-hook$/m);
  expect(run.screen).toMatch(
    /\nDone\. In Okta, .*\n {2}URL +https:\/\/func-small\..*\/api\/okta\/telephony\n/,
  );
  expect(run.screen).toContain(
    `  Authentication secret  ${project.secret("small", "okta-hook-secret")}`,
  );
  expect(project.git("log", "--format=%s", "origin/main").trim()).toBe("feat: the project");

  // All other settings, such as the answer to refused codes, have their defaults.
  const settings = project
    .read("project/environments/small/main.bicepparam")
    .match(/^ {2}[A-Z_\d]+: .*$/gm);
  expect(settings).toEqual([
    "  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'octo_otp'",
    "  PHONE_POLICY_ALLOWED_COUNTRIES: 'BR'",
  ]);
  expect(run.screen).toMatch(
    /\nThe guard is in record mode and refuses no code yet\. .*: docs\/guard\.md\.\n$/,
  );

  const again = await project.setup(["small"], { "Continue?": "y" });
  expect(again.screen).toContain("Resource group (created if it does not exist) [rg-hook]: ");
  expect([again.status, again.calls.filter((call) => /create|set |config-zip/.test(call))]).toEqual(
    [0, []],
  );
});

it("setup creates a missing resource group, registers providers, and needs no hook secret if Okta sends tokens", async () => {
  const file = `project/${installed}/infra/environments/examples/small/main.bicepparam`;
  const settings = "param hookSettings = {\n";
  const withTokens = `${settings}  OKTA_HOOK_AUTH: 'token'\n`;
  project.write(file, project.read(file).replace(settings, withTokens));
  run = await project.setup(["small"], small);
  expect([run.status, project.read("stand-in/azure/groups/rg-okta8x8-small")]).toEqual([
    0,
    "westeurope\n",
  ]);
  expect(run.calls.filter((call) => call.startsWith("az provider register"))).toHaveLength(
    needed.length,
  );
  expect(project.files("stand-in/azure/secrets/kv-small")).toEqual([
    "eight-by-eight-api-key",
    "phone-hash-key",
  ]);
  expect(run.screen).not.toMatch(/Hook secret|Authentication secret/);
  expect(run.screen).toContain("  Authentication         OAuth 2.0 (docs/tokens.md#in-okta)\n");
});

it("setup stops if resource providers are missing, and names those that an owner must register", async () => {
  ownTheGroupAlone();
  project.write("stand-in/azure/providers/Microsoft.Web", undefined);
  run = await project.setup(["small"], { "Resource group": "rg-hook" });
  expect([run.status, run.questions.length]).toEqual([1, 1]);
  expect(run.screen).toMatch(
    /An owner must run, once: ?\n {2}az provider register --namespace Microsoft\.Web\n$/,
  );
});

it.each([
  ["without a remote", ["remote", "remove", "origin"]],
  [
    "with a remote that is not on GitHub",
    ["remote", "set-url", "origin", "https://git.octo.org/x"],
  ],
])("in a clone %s, setup asks for the URL of the runbooks", async (_, git) => {
  project = createSetupProject("clone");
  project.git(...git);
  run = await project.setup(["small"], {
    ...small,
    "your copy of docs/runbooks.md": "https://wiki.octo.org/runbooks",
  });
  expect(run.status).toBe(0);
  expect(project.read("project/environments/small/main.bicepparam")).toMatch(
    /^using '\.\.\/\.\.\/infra\/main\.bicep'$[^]*^param runbookUrl = 'https:\/\/wiki\.octo\.org\/runbooks'$/m,
  );
  expect(run.calls.filter((call) => call.startsWith("npm"))).toEqual(["npm ci", "npm run package"]);
});

it("alerts link to the runbooks at the commit of the installed version", async () => {
  run = await project.setup(["small"], small);
  expect(project.read("project/environments/small/main.bicepparam")).toContain(
    "\nparam runbookUrl = 'https://github.com/octo-org/product/blob/a1b2c3d/docs/runbooks.md'\n",
  );
});
