import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { product } from "../product.ts";
import type { Environments } from "./environments.ts";
import type { Installed } from "./installed.ts";
import type { Files } from "./write-files.ts";

/** `reusable`: calls the product's workflows by a commit. `inline`: has copies of them. */
export type Kind = "reusable" | "inline";

const deployFile = ".github/workflows/okta-8x8-telephony.yml";
const oktaFile = ".github/workflows/okta-8x8-telephony-okta.yml";

interface Written {
  readonly kind: Kind;
  /** Whether the workflow verifies the package's signature. */
  readonly isVerified: boolean;
}

/** Returns how this repository's workflow was written. Undefined if there is none. */
export function writtenBefore(): Written | undefined {
  if (!existsSync(deployFile)) return undefined;
  const text = readFileSync(deployFile, "utf8");
  return {
    kind: isCaller(text) ? "reusable" : "inline",
    isVerified: /^ +publisher: (?:\$\{\{ ')?\w/im.test(text),
  };
}

const isCaller = (text: string) => /^ +uses: \S+\/(?:deploy|okta)\.yml@/m.test(text);

/** A workflow that leaves the signature out, by the company's choice, keeps leaving it out. */
export const verifies = ({ isSigned }: Installed): boolean =>
  isSigned && writtenBefore()?.isVerified !== false;

const deployEvents = `on:
  pull_request:
  push:
    branches: [main]
  workflow_dispatch:
`;

const oktaEvents = `on:
  schedule:
    - cron: "43 8 3 1,4,7,10 *"
  workflow_dispatch:
`;

export function workflows(installed: Installed, stages: Environments, kind: Kind): Files {
  const { version, sha512, tarball, repository = "" } = installed;
  const publisher = verifies(installed) ? repository : "";
  const own = { version, sha512, tarball };
  const lists = { preview: Object.values(stages).flat(), ...stages };
  const inputs = {
    ...own,
    publisher,
    ...Object.fromEntries(
      Object.entries(lists).map(([name, list]) => [name, JSON.stringify(list)]),
    ),
  };
  if (kind === "inline")
    return {
      [deployFile]: inline("deploy", deployEvents, inputs),
      [oktaFile]: inline("okta", oktaEvents, own),
    };
  return {
    [deployFile]: caller(deployFile, "deploy", deployEvents, installed, inputs),
    [oktaFile]: caller(oktaFile, "okta", oktaEvents, installed, own),
  };
}

type Inputs = Readonly<Record<string, string>>;

/** Returns a copy of the product's workflow, with the inputs' values in place of its inputs. */
function inline(name: "deploy" | "okta", events: string, inputs: Inputs): string {
  const source = readFileSync(join(product, `.github/workflows/${name}.yml`), "utf8");
  return `# Written by okta-8x8-telephony init, which replaces this file. It is a copy of the product's workflow.
${source.slice(source.indexOf("name:"))}`
    .replace(/^on:\n[^]*?(?=^permissions:)/m, `${events}\n`)
    .replace(/\binputs\.(\w+)/g, (input, key: string) => `'${inputs[key] ?? input}'`);
}

/** Returns a workflow that calls the product's workflow. Keeps other lines of an existing file. */
function caller(
  file: string,
  name: "deploy" | "okta",
  events: string,
  { version, repository = "", commit = "" }: Installed,
  { publisher = "", ...values }: Inputs,
): string {
  const uses = `${repository}/.github/workflows/${name}.yml@${commit} # v${version}`;
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (isCaller(before)) {
    const kept = publisher === "" ? before.replace(/^ +publisher: .*\n/m, "") : before;
    return Object.entries({ uses, ...quoted(values) }).reduce(
      (text, [key, value]) => text.replace(new RegExp(`^( +${key}: ).*$`, "m"), `$1${value}`),
      kept,
    );
  }
  const inputs = publisher === "" ? values : { ...values, publisher };
  const isOkta = name === "okta";
  const attestations = isOkta ? "" : "\n      attestations: read";
  return `# Written by okta-8x8-telephony init, which changes only the lines below \`uses\` and \`with\`.
name: okta-8x8-telephony${isOkta ? "-okta" : ""}
${events}permissions: {}
jobs:
  ${name}:${isOkta ? "\n    if: fromJSON(vars.OKTA_ENVIRONMENTS || '[]')[0]" : ""}
    permissions:${attestations}
      contents: read
      id-token: write
    uses: ${uses}
    with:
${Object.entries(quoted(inputs))
  .map(([key, value]) => `      ${key}: ${value}\n`)
  .join("")}`;
}

/** The lists are in quotes, because an input of a workflow is a string. */
const quoted = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      value.startsWith("[") ? `'${value}'` : value,
    ]),
  );
