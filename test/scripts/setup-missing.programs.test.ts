import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { answers, createSetupProject, productionAnswers } from "./setup-project.ts";

const project = createSetupProject();

describe("something is missing", () => {
  it.each([
    ["a sign-in to Azure", "azure/login", "", "You are not signed in to Azure. Run az login"],
    [
      "the right to grant roles",
      "azure/roles/owner",
      "Contributor\t/subscriptions/subscription-id\t\n",
      "You need the role Owner on the subscription Octo subscription, ",
    ],
    [
      "administrator rights on GitHub",
      "github/repository",
      "octo-org/telephony 77 99 false true\n",
      "You are not an administrator of octo-org/telephony. ",
    ],
    ["GitHub's default subject format", "github/subject", "false names\n", "-F use_default=true"],
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
    // Setup does not wait and retry.
    expect(calls.filter((call) => call.startsWith("sleep"))).toEqual([]);
    expect(project.git("status", "--porcelain")).toBe("");
  });

  it("setup stops if a person may assign roles, but not create the bootstrap's roles", async () => {
    const roles = "stand-in/azure/roles";
    const before = project.read(`${roles}/owner`);
    const role = (name: string) => `${name}\t/subscriptions/subscription-id\t\n`;
    project.write(`${roles}/owner`, role("Contributor"));
    project.write(`${roles}/access`, role("Role Based Access Control Administrator"));
    const { status, screen } = await project.setup(["dev"], answers);
    project.write(`${roles}/access`, undefined);
    project.write(`${roles}/owner`, before);
    expect([status, screen]).toEqual([
      1,
      expect.stringContaining("or Contributor and User Access Administrator. You have: "),
    ]);
  });

  it("setup stops if az is too old", async () => {
    const { status, screen } = await project.setup(
      ["dev"],
      answers,
      undefined,
      "AZ_VERSION=2.75.0 bash",
    );
    expect([status, screen]).toEqual([
      1,
      "az 2.75.0 is too old. Run az upgrade to get 2.76 or newer.\n",
    ]);
  });

  it("setup stops without a terminal, because only a terminal may show the hook secret", () => {
    const script = join(__dirname, "../../scripts/setup.sh");
    const { status, stderr } = spawnSync("setsid", ["--wait", "bash", script, "dev"], {
      input: "",
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Run setup in a terminal, /)]);
  });
});

it("setup asks again after each invalid answer, and prints what is wrong", async () => {
  const group = "11111111-2222-3333-4444-555555555555";
  project.write(`stand-in/azure/entra/${group.replace("1", "2")}`, "Operators\n");
  project.write("stand-in/judges-answers", "");
  const { screen, questions } = await project.setup(["prod"], {
    ...productionAnswers,
    "Azure region": ["moonbase", "northeurope", "westeurope"],
    "rotate secrets": ["nobody", group.replace("1", "9"), group.replace("1", "2")],
    "8x8's API": ["http://sms.8x8.com", "https://sms.8x8.uk"],
    "Sender of SMS": ["ACME Bank GmbH", "ACME+Bank", "+", "Octo"],
    "Countries of your people": ["", "Germany", "UK", "DE,QM", "DE,SG"],
    "for calls": "octo_voice",
    "makes the calls": ["+65", "6588000000", "6591234567"],
    "People to page": ["nobody", "on-call@example.com", "on-call@octo.org"],
    "who approve": ["octo-org/nobody", "octocat"],
    "Continue?": ["perhaps", ""],
  });
  const wrong = /^(That .+|Type .+|Azure does not offer .+|Entra ID has .+|GitHub has .+)$/gm;
  const sender = "That is not a sender (1 to 11 letters and digits, or a number).";
  const countries =
    "That is not a list of ISO 3166-1 country codes (two letters each, comma-separated).";
  const example = "That is an example value. Type your own.";
  expect(screen.match(wrong)).toEqual([
    "Azure does not offer Flex Consumption in moonbase, or not with the zones that prod needs. Choose one of: westeurope",
    "Azure does not offer Flex Consumption in northeurope, or not with the zones that prod needs. Choose one of: westeurope",
    "Type an object id, or a minus for none.",
    "Entra ID has no group with this id. Type another id.",
    "That is not an https URL.",
    ...[sender, sender, sender],
    "Type a list of countries, such as BR,PT.",
    ...[countries, countries, countries],
    "That is not a phone number (7 to 15 digits, with or without +).",
    example,
    "Type addresses separated by commas.",
    example,
    "GitHub has no user or team octo-org/nobody. Type another name.",
  ]);
  expect(screen).toMatch(/\nCountries +Germany, Singapore\n/);
  expect(questions.filter((question) => question === "Continue?")).toHaveLength(2);
  expect(screen).toMatch(/Nothing was changed\.\n$/);
});
