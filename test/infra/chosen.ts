// What the examples' parameter files choose.
import { bootstrapped, type Environment, readProjectFile } from "./snapshot.ts";

type Bootstrapped = (typeof bootstrapped)[number];

const examples = "infra/environments/examples";
const parameters = (environment: Environment) => readProjectFile(`${examples}/${environment}/main.bicepparam`);
const grants = (environment: Bootstrapped) => readProjectFile(`${examples}/${environment}/bootstrap.bicepparam`);

function stringIn(text: string, name: string): string {
  return new RegExp(`^ *(?:param )?${name}(?: =|:) '?([^'\\n]*)`, "m").exec(text)?.[1] ?? "";
}

function listIn(text: string, name: string): readonly string[] {
  const [, members = ""] = new RegExp(`^param ${name} = [^[]*\\[([^\\]]*)\\]`, "m").exec(text) ?? [];
  return [...members.matchAll(/'([^']*)'/g)].map(([, member = ""]) => member);
}

/** What an example's parameter file, such as prod/main, says after `param name = `, to the end of that line. */
export function parameter(file: string, name: string): string | undefined {
  return new RegExp(`^param ${name} = (.*)$`, "m").exec(readProjectFile(`${examples}/${file}.bicepparam`))?.[1];
}

/** The mail addresses that are woken, and those for what can wait. */
export function mailOf(environment: Environment): {
  readonly page: readonly string[];
  readonly ticket: readonly string[];
} {
  const text = parameters(environment);
  return { page: listIn(text, "pageReceivers"), ticket: listIn(text, "ticketEmails") };
}

/** How the repository's runs name themselves; nothing where GitHub deploys nothing. */
export function repositoryOf(environment: Bootstrapped): string | undefined {
  const text = /^param gitHub = [^]*?\}$/m.exec(grants(environment))?.[0];
  if (text === undefined) return undefined;
  const of = (key: string) => stringIn(text, key);
  return of("subject") === "ids"
    ? `repo:${of("owner")}@${of("ownerId")}/${of("name")}@${of("id")}`
    : `repo:${of("owner")}/${of("name")}`;
}

/** Who signs the tokens of the repository's runs: GitHub, or an enterprise's own issuer. */
export function issuerOf(environment: Bootstrapped): string {
  const [gitHub = ""] = /^param gitHub = [^]*?\}$/m.exec(grants(environment)) ?? [];
  return stringIn(gitHub, "issuer") || "https://token.actions.githubusercontent.com";
}

export function groupOf(environment: Bootstrapped, name: "vaultOperatorsGroupId" | "onCallGroupId"): string {
  return stringIn(grants(environment), name);
}

/** For each environment that a pipeline deploys; there may be none. */
export function describeWithPipelines(name: string, tests: (environment: Bootstrapped) => void): void {
  const deployed = (environment: Bootstrapped) => /^param (gitHub|azurePipelines) = /m.test(grants(environment));
  for (const environment of bootstrapped.filter(deployed))
    describe(`${name} (${environment})`, () => {
      tests(environment);
    });
}
