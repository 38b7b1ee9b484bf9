// The examples as a company would have them, and what a choice makes of them.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile } from "../../../tools/check-environment/compiled.ts";
import {
  bootstrapValues,
  type Environment,
  mainValues,
  type Stage,
} from "../../../tools/check-environment/environment.ts";
import { type Finding, judge } from "../../../tools/check-environment/judge.ts";
import { parseWantedState } from "../../../tools/okta/wanted-state.ts";
import { ask } from "../../infra/asked.ts";
import { type Environment as Example, readProjectFile, root } from "../../infra/snapshot.ts";

type Values = Readonly<Record<string, unknown>>;

/** What somebody sets who wants something. */
export interface Choice {
  /** Another name of the environment. */
  readonly name?: string;
  readonly main?: Values;
  /** What it needs of main.bicepparam, where that has nothing yet. */
  readonly beside?: Values;
  readonly bootstrap?: Values;
  /** The rules that it breaks, by where they hold. */
  readonly breaks?: Readonly<Partial<Record<"every" | "live" | "unpiped" | Stage, string>>>;
}

export interface Made {
  readonly name: string;
  readonly stage: Stage | undefined;
  readonly main: Values;
  readonly bootstrap: Values | undefined;
}

/** With an address, a repository and names of a company that has set it up. */
export async function asCompanys(example: Example): Promise<Made> {
  const valuesIn = async (name: string) => {
    const call = (method: string, { path, ...more }: { path?: string }) => ask(method, path ?? "", {}, more);
    const { values } = await compile(call, `environments/examples/${example}/${name}.bicepparam`);
    const text = JSON.stringify(values, (_, value: unknown) => value ?? null)
      .replaceAll(/example(?=[_.]|-id)/g, "acme")
      .replaceAll("/example/", "/acme/")
      .replaceAll(/(?<="PHONE_POLICY_ALLOWED_COUNTRIES":)"example"/g, '"DE,GB"');
    const companys = text.replaceAll("11111111", "22222222").replaceAll("6588000000", "6588000001");
    const own = companys.replaceAll('"owner":"example"', '"owner":"acme"');
    return JSON.parse(own.replace(/(?<="onCallGroupId":")22222222/, "33333333")) as Values;
  };
  const folder = `infra/environments/examples/${example}`;
  const { stage } = readIfAny<{ stage?: Stage }>(`${folder}/pipeline.json`);
  const bootstrap = existsSync(join(root, folder, "bootstrap.bicepparam")) ? await valuesIn("bootstrap") : undefined;
  return { name: example, stage, main: await valuesIn("main"), bootstrap };
}

function readIfAny<T>(path: string): Partial<T> {
  return existsSync(join(root, path)) ? (JSON.parse(readProjectFile(path)) as T) : {};
}

const isUnset = (value: unknown) =>
  value === undefined || value === null || value === "" || isDeepStrictEqual(value, []);

export function choose(base: Made, ...choices: readonly Choice[]): Made {
  return choices.reduce(({ name: before, stage, main, bootstrap }, choice) => {
    const name = choice.name ?? before;
    const unset = Object.entries(choice.beside ?? {}).filter(([parameter]) => isUnset(main[parameter]));
    const merged: Values = { ...main, ...Object.fromEntries(unset), environmentName: name, ...choice.main };
    // The examples compose it of the other two.
    const isComposed = main["identity"] === `id-${String(main["workload"])}-${before}`;
    const composed = isComposed ? `id-${String(merged["workload"])}-${name}` : main["identity"];
    const identity = choice.main?.["identity"] ?? composed;
    return {
      name,
      stage,
      main: { ...merged, identity },
      bootstrap: bootstrap && { ...bootstrap, environmentName: name, ...choice.bootstrap },
    };
  }, base);
}

/** As it stands among others: a stand-by beside a production elsewhere that sends as it does. */
export function asEnvironment({ name, stage, main, bootstrap }: Made): Environment {
  const values = mainValues.parse(main);
  const grants = bootstrap && bootstrapValues.parse(bootstrap);
  const url = `https://func-${values.workload}-${name}-abc123-h4sh.westeurope-01.azurewebsites.net/api/okta/telephony`;
  const okta = {
    org: stage === "test" ? "https://acme.oktapreview.com" : "https://acme.okta.com",
    clientId: "0oa1",
    hook: { name: "8x8", url, auth: "secret", header: "authorization" },
    phone: { sms: true, voice: false, allowedFor: "any" },
  };
  const production = {
    ...{ stage: "production" as const, main: values, okta: undefined },
    bootstrap: grants && { ...grants, location: "eastus" },
  };
  return {
    ...{ name, stage, main: values, bootstrap: grants },
    okta: parseWantedState(JSON.stringify(okta), "okta.json"),
    neighbors: stage === "standby" ? [production] : [],
  };
}

/** The problems that are found, as the check would print them. */
export function problemsOf(made: Made, accepted: Readonly<Record<string, string>> = {}): readonly string[] {
  return wordsOf(judge(asEnvironment(made), accepted), "problem");
}

export function wordsOf(findings: readonly Finding[], kind: Finding["kind"]): readonly string[] {
  return findings.filter((finding) => finding.kind === kind).map(({ words }) => words);
}

/** The rules that these choices break in an environment of this stage. */
export function brokenBy(choices: readonly Choice[], stage: Stage | undefined): readonly string[] {
  return choices.flatMap(({ breaks = {} }) => {
    const { every, live } = breaks;
    const isLive = stage === "production" || stage === "standby";
    return [every, isLive ? live : undefined, breaks[stage ?? "unpiped"]].filter((rule) => rule !== undefined);
  });
}

/** Two ways to set the same thing, which nobody chooses both of. */
export function areAlternatives(one: Choice, other: Choice): boolean {
  const keys = (choice: Choice) =>
    (["main", "bootstrap"] as const).flatMap((place) =>
      Object.keys(choice[place] ?? {}).map((key) => `${place}.${key}`),
    );
  const theirs = keys(other);
  return keys(one).some((key) => theirs.includes(key)) || (one.name !== undefined && other.name !== undefined);
}

/** A parameter file with these values. What is null, and what is the template's own expression, is left out. */
export function parameterFile(template: string, values: Values): string {
  const isExpression = (value: unknown) => typeof value === "string" && value.startsWith("[");
  const named = Object.entries(values).filter(([, value]) => value !== null && !isExpression(value));
  return [`using '${template}'`, ...named.map(([name, value]) => `param ${name} = ${literal(value)}`), ""].join("\n");
}

function literal(value: unknown): string {
  if (typeof value === "string") return `'${value.replaceAll(/['\\]|\$(?=\{)/g, "\\$&")}'`;
  if (Array.isArray(value)) return `[\n${value.map((one) => `${literal(one)}\n`).join("")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  // The linter refuses quotation marks that a name does not need.
  const key = (name: string) => (/^\w+$/.test(name) ? name : literal(name));
  const members = Object.entries(value).map(([name, one]) => `${key(name)}: ${literal(one)}\n`);
  return `{\n${members.join("")}}`;
}
