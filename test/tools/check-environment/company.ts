// Creates environments of a made-up company from the examples.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import type { Stage } from "../../../tools/check-environment/environment.ts";
import { check } from "../../../tools/check-environment/files.ts";
import type { Finding } from "../../../tools/check-environment/judge.ts";
import { ask } from "../../infra/asked.ts";
import { type Environment, readProjectFile, root } from "../../infra/snapshot.ts";

const project = mkdtempSync(join(tmpdir(), "company-"));
afterAll(() => {
  rmSync(project, { recursive: true });
});

export interface Changes {
  /** Bicep text of the parameters that replace or extend the example's parameters. */
  readonly main?: string;
  readonly bootstrap?: string;
  readonly files?: Readonly<Record<string, unknown>>;
}

export function write(
  company: string,
  example: Environment,
  { main = "", bootstrap = "", files }: Changes = {},
): string {
  const folder = join(project, company, example);
  mkdirSync(folder, { recursive: true });
  const ofExample = (name: string) =>
    readProjectFile(`infra/environments/examples/${example}/${name}`);
  const content = {
    "main.bicepparam": withParameters(ownValues(ofExample("main.bicepparam"), folder), main),
    ...(example !== "small" && {
      "bootstrap.bicepparam": withParameters(
        ownValues(ofExample("bootstrap.bicepparam"), folder),
        bootstrap,
      ),
      "pipeline.json": ofExample("pipeline.json"),
    }),
    ...files,
  };
  for (const [name, given] of Object.entries(content))
    writeFileSync(join(folder, name), typeof given === "string" ? given : JSON.stringify(given));
  return folder;
}

/** Path from an environment's folder to this project's templates. */
export const templates = (folder: string): string => relative(folder, join(root, "infra"));

function ownValues(example: string, folder: string): string {
  return example
    .replaceAll("../../../", `${templates(folder)}/`)
    .replaceAll("COUNTRIES: 'example'", "COUNTRIES: 'DE,GB'")
    .replaceAll("example", "acme")
    .replaceAll("11111111", "22222222")
    .replace(/(?<=onCallGroupId = ')22222222/, "33333333")
    .replaceAll("6588000000", "6588000001");
}

function withParameters(file: string, parameters: string): string {
  return parameters.split(/^(?=param )/m).reduce((text, parameter) => {
    const [name = ""] = /^param \w+ = /.exec(parameter.trim()) ?? [];
    const ours = new RegExp(`^${name}(?:\\{\\n[^]*?^\\}|.*)$`, "m");
    return name !== "" && ours.test(text)
      ? text.replace(ours, () => parameter.trim())
      : `${text}\n${parameter.trim()}`;
  }, file);
}

export const findingsIn = (
  folder: string,
  stage?: Stage,
  env: Readonly<Record<string, string>> = {},
): Promise<Finding[]> => check(folder, call, env, stage);

export async function problemsIn(
  ...given: Parameters<typeof findingsIn>
): Promise<readonly string[]> {
  return wordsOf(await findingsIn(...given), "problem");
}

export function wordsOf(findings: readonly Finding[], kind: Finding["kind"]): readonly string[] {
  return findings.filter((finding) => finding.kind === kind).map(({ words }) => words);
}

/** Calls the tests' shared compiler, as if the file's folder were in infra/environments/. */
function call(method: string, params: object): Promise<unknown> {
  const { path, ...more } = params as { readonly path: string };
  const content = readFileSync(path, "utf8").replace(templates(dirname(path)), "../..");
  return ask(
    method,
    `environments/${basename(dirname(path))}/${basename(path)}`,
    { content },
    more,
  );
}
