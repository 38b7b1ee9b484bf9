import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { product } from "../product.ts";
import type { Environments } from "./environments.ts";
import type { Installed } from "./installed.ts";
import type { Files } from "./write-files.ts";

const file = "azure-pipelines.yml";

/** Returns azure-pipelines.yml with the package's values. Keeps the other lines of an existing file. */
export function azurePipelines(
  { version, sha512, tarball }: Installed,
  { test, production, standby }: Environments,
): Files {
  const line = (after: readonly string[]) => (name: string) =>
    `      - { name: ${name}, after: [${after.join(", ")}] }\n`;
  const environments = [
    ...test.map(line([])),
    ...production.map(line(test)),
    ...standby.map(line([...test, ...production])),
  ];
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : readFileSync(join(product, file), "utf8")
        .replace(/^# This file is [^]*?(?=^# No step)/m, "")
        .replace(/^ {6}- \{ name: .*\n/m, environments.join(""));
  const updated = text
    .replace(/^( +version: ).*$/m, `$1${version}`)
    .replace(/^( +sha512: ).*$/m, `$1${sha512}`)
    .replace(/^( +tarball: ).*$/m, `$1${tarball}`);
  return { [file]: updated };
}
