import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, createSetupProject, productionAnswers, installed } from "./setup-project.ts";

const project = createSetupProject();
const role = (name: string) => `${name}\t/subscriptions/subscription-id\t\n`;
// With this role, a person may assign roles, but cannot create the bootstrap's custom roles.
project.write("stand-in/azure/roles/access", role("Role Based Access Control Administrator"));

describe("something is missing", () => {
  it.each([
    ["a sign-in to Azure", "azure/login", "", "You are not signed in to Azure. Run az login"],
    [
      "the right to create roles",
      "azure/roles/owner",
      role("Contributor"),
      "You need the role Owner on the subscription Octo subscription, or Contributor and User Access Administrator.",
    ],
    [
      "administrator rights on GitHub",
      "github/repository",
      "octo-org/telephony 77 99 false\n",
      "You are not an administrator of octo-org/telephony. ",
    ],
    [
      "a supported subject format",
      "github/subject",
      "true repository_id:99\n",
      "uses the subject format repository_id:99",
    ],
  ])("setup stops before the first question without %s", async (_, file, text, sentence) => {
    const before = project.read(`stand-in/${file}`);
    project.write(`stand-in/${file}`, text);
    const { status, screen, questions, calls } = await project.setup(["dev"], answers);
    project.write(`stand-in/${file}`, before);
    expect([status, questions, screen]).toEqual([1, [], expect.stringContaining(sentence)]);
    expect(calls.filter((call) => call.startsWith("sleep"))).toEqual([]);
    expect(project.git("status", "--porcelain")).toBe("");
  });
});

it("setup stops if Node is older than 22.21", async () => {
  const good = project.read("programs/node");
  project.write(
    "programs/node",
    good.replace("case", "[[ $1 != --version ]] || exec echo v22.20.2\ncase"),
  );
  const { status, questions, screen } = await project.setup(["dev"], answers);
  project.write("programs/node", good);
  expect([status, questions]).toEqual([1, []]);
  expect(screen).toContain("Node 22.20.2 is too old. Install Node 22.21 or newer.");
});

it("install-bicep names az if it is missing", () => {
  const empty = mkdtempSync(join(tmpdir(), "no-az-"));
  for (const program of ["dirname", "sed", "grep", "bash"])
    symlinkSync(
      execFileSync("which", [program], { encoding: "utf8" }).trim(),
      join(empty, program),
    );
  const { status, stderr } = spawnSync("scripts/install-bicep.sh", {
    env: { PATH: empty },
    encoding: "utf8",
    shell: "/bin/bash",
  });
  rmSync(empty, { recursive: true });
  expect([status, stderr]).toEqual([64, expect.stringContaining("az is not installed. ")]);
});

it("after an invalid answer, setup prints what is wrong and asks again", async () => {
  project.write("stand-in/judges-answers", "");
  const { screen } = await project.setup(["prod"], {
    ...productionAnswers,
    "Azure region": ["moonbase", "westeurope"],
    "8x8's API": ["http://sms.8x8.com", "https://sms.8x8.uk"],
    "Sender of SMS": ["ACME Bank GmbH", "Octo"],
    "Countries of your people": ["", "Germany", "DE,SG"],
    "for calls": "-",
    "People to page": ["nobody", "on-call@example.com", "on-call@octo.org"],
    "who approve": ["octo-org/nobody", "octocat"],
    "Continue?": "n",
  });
  const wrong = /^(That is .+|Type .+|Azure does not offer .+|GitHub has no .+)$/gm;
  expect(screen.match(wrong)).toHaveLength(8);
  expect(screen).toMatch(/\nCountries +Germany, Singapore; /);
});

it.each([
  ["{\n  emails: ['on-call@octo.org']\n}", "over several lines"],
  ["{ sms: [{ countryCode: '49' }], emails: ['on-call@octo.org'] }", "with another list first"],
])("setup stops before the first question if pageReceivers is %j, %s", async (receivers) => {
  const values = `project/${installed}/infra/environments/examples/prod/main.bicepparam`;
  const good = project.read(values);
  project.write(values, good.replace(/(?<=^param pageReceivers = ).+$/m, receivers));
  const { status, screen, questions } = await project.setup(
    ["live", "--like", "prod"],
    productionAnswers,
  );
  project.write(values, good);
  expect([status, questions]).toEqual([1, []]);
  expect(screen).toContain("on one line that begins as in the examples.");
});
