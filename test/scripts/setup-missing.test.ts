import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { answers, createSetupProject, productionAnswers } from "./setup-project.ts";

const project = createSetupProject();

describe("setup says what is missing, and changes nothing", () => {
  it.each([
    ["a login of az", "azure/login", "", "az knows nobody: az login"],
    [
      "the right to give roles",
      "azure/roles/owner",
      "Contributor\t/subscriptions/subscription-id\t\n",
      "You need the role Owner of the subscription Octo subscription, ",
    ],
    [
      "an administrator",
      "github/repository",
      "octo-org/telephony 77 99 false true\n",
      "You do not administer octo-org/telephony: ",
    ],
    ["GitHub's own subject", "github/subject", "false names\n", "-F use_default=true"],
    [
      "a subject that it knows",
      "github/subject",
      "true repository_id:99\n",
      "name themselves repository_id:99",
    ],
  ])("%s, before the first question", async (_, file, text, sentence) => {
    const before = project.read(`stand-in/${file}`);
    project.write(`stand-in/${file}`, text);
    const { status, screen, questions, calls } = await project.setup(["dev"], answers);
    project.write(`stand-in/${file}`, before);
    expect([status, questions, screen]).toEqual([1, [], expect.stringContaining(sentence)]);
    // Nothing of it is waited for.
    expect(calls.filter((call) => call.startsWith("sleep"))).toEqual([]);
    expect(project.git("status", "--porcelain")).toBe("");
  });

  it("a newer az", async () => {
    const { status, screen } = await project.setup(
      ["dev"],
      answers,
      undefined,
      "AZ_VERSION=2.75.0 bash",
    );
    expect([status, screen]).toEqual([1, "az is 2.75.0: az upgrade brings 2.76 or newer.\n"]);
  });

  it("a terminal to show the hook secret on", () => {
    const script = join(__dirname, "../../scripts/setup.sh");
    const { status, stderr } = spawnSync("setsid", ["--wait", "bash", script, "dev"], {
      input: "",
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^Run this in a terminal: /)]);
  });
});

it("an answer that is wrong is asked for again, and what stands in brackets is not", async () => {
  const group = "11111111-2222-3333-4444-555555555555";
  project.write(`stand-in/azure/entra/${group.replace("1", "2")}`, "Operators\n");
  project.write("stand-in/judges-answers", "");
  const { screen, questions } = await project.setup(["prod"], {
    ...productionAnswers,
    "Azure region": ["moonbase", "northeurope", "westeurope"],
    "rotate secrets": ["nobody", group.replace("1", "9"), group.replace("1", "2")],
    "8x8's API": ["http://sms.8x8.com", "https://sms.8x8.uk"],
    "Sender of an SMS": ["ACME Bank GmbH", "ACME+Bank", "+", "Octo"],
    "where your people live": ["", "Germany", "UK", "DE,QM", "DE,SG"],
    "for calls": "octo_voice",
    "Number that calls": ["+65", "6588000000", "6591234567"],
    "Who is paged": ["nobody", "on-call@example.com", "on-call@octo.org"],
    "who approve": ["octo-org/nobody", "octocat"],
    "Go on?": ["perhaps", ""],
  });
  const wrong = /^(That .+|Azure has no Flex .+|Entra ID .+|GitHub knows .+)$/gm;
  const sender = "That is not a sender (1 to 11 letters and digits, or a number).";
  const countries =
    "That is not a list of countries that ISO 3166-1 knows (two letters each, comma-separated).";
  const example = "That is an example: it has to be yours.";
  expect(screen.match(wrong)).toEqual([
    "Azure has no Flex Consumption in moonbase as prod needs it. Choose one of: westeurope",
    "Azure has no Flex Consumption in northeurope as prod needs it. Choose one of: westeurope",
    "That has to be an object id, or empty.",
    "Entra ID knows no such group.",
    "That is not an https URL.",
    ...[sender, sender, sender],
    "That has to be a list of countries, such as BR,PT.",
    ...[countries, countries, countries],
    "That is not a phone number (7 to 15 digits, with or without +).",
    example,
    "That must be e-mail addresses separated by commas, at least one.",
    example,
    "GitHub knows no octo-org/nobody.",
  ]);
  expect(screen).toMatch(/\nCountries +Germany, Singapore\n/);
  expect(questions.filter((question) => question === "Go on?")).toHaveLength(2);
  expect(screen).toMatch(/Nothing was changed\.\n$/);
});
