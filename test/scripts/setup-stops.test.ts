import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { answers, createSetupProject, type SetupProject } from "./setup-project.ts";

jest.setTimeout(120_000);

let project: SetupProject;
const start = () => {
  project = createSetupProject();
};
const end = () => {
  project.remove();
};

describe("a step that fails stops setup with what to do, and the next run goes on from there", () => {
  beforeAll(start);
  afterAll(end);

  // In the order in which setup comes to them: each run gets as far as the next.
  const failures = [
    ["npm ci", "Packages and compiler"],
    ["az bicep install *", "Packages and compiler"],
    ["az provider register *", "Bootstrap"],
    ["az deployment sub create *", "Bootstrap"],
    ["gh api --method PUT */environments/dev *", "Environments on GitHub"],
    ["gh api --method POST *", "Environments on GitHub"],
    ["gh variable set RESOURCE_GROUP *", "Environments on GitHub"],
    ["gh api --method PUT */environments/preview-dev *", "Environments on GitHub"],
    ["az deployment group create *", "Infrastructure"],
    ["az ad signed-in-user *", "Secrets"],
    ["az role assignment create *", "Secrets"],
    ["az keyvault secret set * phone-hash-key *", "Secrets"],
    ["az keyvault secret set * eight-by-eight-api-key *", "Secrets"],
    ["az keyvault secret set * okta-hook-secret *", "Secrets"],
    ["az functionapp function list *", "Code"],
    ["npm run package", "Code"],
    ["az functionapp deployment source *", "Code"],
    ["npm run --silent hook *", "Smoke test, about five minutes"],
  ] as const;
  let shown = "";

  it.each(failures)("%s", async (fails, step) => {
    const { status, screen } = await project.setup(["dev"], answers, fails);
    shown += screen;
    expect([status, project.roles()]).toEqual([1, []]);
    expect(screen).toContain(`\n== ${step}\n`);
    expect(screen).toMatch(/\nStopped at: .+\. .+\. Then run scripts\/setup\.sh dev again: it goes on from here\.\n$/);
    expect(screen).toContain(`Stopped at: ${step}. `);
  });

  it("git push", async () => {
    const origin = project.git("remote", "get-url", "origin").trim();
    project.git("remote", "set-url", "origin", "/nowhere");
    const { status, screen } = await project.setup(["dev"], answers);
    project.git("remote", "set-url", "origin", origin);
    expect(status).not.toBe(0);
    expect(screen).toMatch(/Stopped at: Commit and push\. .*git push origin HEAD:refs\/heads\/setup-dev/);
  });

  it("and in the end all is as if nothing had failed", async () => {
    const { status } = await project.setup(["dev"], answers);
    expect(status).toBe(0);
    const whole = createSetupProject();
    await whole.setup(["dev"], answers);
    const [mended, flawless] = [project, whole].map((one) =>
      Object.entries(one.state()).filter(([file]) => !/secrets|deployments|origin/.test(file)),
    );
    whole.remove();
    expect(mended).toEqual(flawless);
  });

  it("the hook secret was shown by the run that stored it, though that run failed later", () => {
    expect(shown).toContain(project.secret("dev", "okta-hook-secret"));
  });
});

describe("setup says what is missing, and changes nothing", () => {
  beforeEach(start);
  afterEach(end);

  it.each([
    ["a login of az", "azure/login", "", "az knows nobody: az login"],
    [
      "a person's login",
      "azure/login",
      "id\tservicePrincipal\tOcto\n",
      "az is logged in as a servicePrincipal: az login as a person.",
    ],
    ["a login of gh", "github/login", undefined, "gh knows nobody: gh auth login"],
    ["a clone", "github/repository", "", "This folder is no clone of a repository on GitHub"],
    [
      "an administrator",
      "github/repository",
      "octo-org/telephony 77 99 false true\n",
      "You do not administer octo-org/telephony",
    ],
    [
      "GitHub's own subject",
      "github/subject",
      "false names\n",
      "gh api -X PUT repos/octo-org/telephony/actions/oidc/customization/sub -F use_default=true",
    ],
    [
      "a subject that it knows",
      "github/subject",
      "true repository_id:99\n",
      "The runs of octo-org/telephony name themselves repository_id:99",
    ],
  ])("%s", async (_, file, text, sentence) => {
    project.write(`stand-in/${file}`, text);
    const { status, screen } = await project.setup(["dev"], answers);
    expect([status, screen]).toEqual([1, expect.stringContaining(sentence)]);
    expect(project.git("status", "--porcelain")).toBe("");
  });

  it("a newer az", async () => {
    const { status, screen } = await project.setup(["dev"], answers, undefined, "AZ_VERSION=2.75.0 bash");
    expect([status, screen]).toEqual([1, "az is 2.75.0: az upgrade brings 2.76 or newer.\n"]);
  });

  it("an answer of Azure", async () => {
    const { status, screen } = await project.setup(["dev"], answers, "az functionapp list-flexconsumption-locations *");
    expect([status, screen]).toEqual([
      1,
      expect.stringMatching(/Not today\.\nAzure did not say .*: see what az said above\.\n$/),
    ]);
  });

  it("a region that has what the environment needs", async () => {
    const { status, screen } = await project.setup(["dev"], { ...answers, region: "moonbase" });
    expect([status, screen]).toEqual([1, expect.stringContaining("Choose one of: westeurope northeurope")]);
  });

  it("a terminal to show the hook secret on", () => {
    const script = join(__dirname, "../../scripts/setup.sh");
    const { status, stderr } = spawnSync("setsid", ["--wait", "bash", script, "dev"], { input: "", encoding: "utf8" });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Run this in a terminal: /)]);
  });
});

it("an answer of the wrong form is asked for again", async () => {
  start();
  const { screen } = await project.setup(["dev"], {
    ...answers,
    Countries: ["Germany", "UK", "DE,QM", "DE,SG"],
    "for calls": "octo_voice",
    "Number that calls": ["+65", "6588000000", "6591234567"],
    "that are woken": ["nobody", "on-call@example.com", "on-call@octo.org"],
    "8x8 API key": ["too short", "it has a space in it", "long-enough-to-be-a-key"],
    "Go on?": "n",
  });
  end();
  expect(screen.match(/^That has to be .+$/gm)).toEqual([
    "That has to be ISO codes with commas between, such as DE,GB.",
    "That has to be a number of yours, in digits.",
    "That has to be a number of yours, in digits.",
    "That has to be addresses with commas between.",
    "That has to be addresses with commas between.",
    "That has to be 16 characters or more, without spaces.",
    "That has to be 16 characters or more, without spaces.",
  ]);
  expect(screen.match(/^One of them is no country: /gm)).toHaveLength(2);
  expect(screen).toMatch(/\nCountries +Germany, Singapore\n/);
  expect(screen).toMatch(/Nothing was changed\.\n$/);
});
