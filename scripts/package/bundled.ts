import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of package.json. */
  readonly license: string;
  /** Text of the license and notice files. Empty if the package has none. */
  readonly text: string;
}

/** @param metafiles What esbuild wrote about its bundles, as JSON. */
export async function bundledPackages(metafiles: readonly string[]): Promise<BundledPackage[]> {
  const paths = metafiles.flatMap((metafile) =>
    Object.keys((JSON.parse(metafile) as { readonly inputs: object }).inputs),
  );
  const folders = paths.flatMap(
    (path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const packages = await Promise.all([...new Set(folders)].map(read));
  const byId = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

async function read(folder: string): Promise<BundledPackage> {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  ) as Omit<BundledPackage, "text">;
  const files = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /^(?:licen[cs]e|notice)/i.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return { name, version, license, text: texts.join("\n") };
}

/** Returns a CycloneDX bill of materials: https://cyclonedx.org/docs/1.6/json/ */
export function billOf(
  product: Omit<BundledPackage, "text">,
  packages: readonly BundledPackage[],
): string {
  const component = (type: string, { name, version, license }: Omit<BundledPackage, "text">) => {
    // https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    const licenses = license ? [{ expression: license }] : [];
    return { type, "bom-ref": purl, name, version, purl, licenses };
  };
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: component("application", product) },
    components: packages.map((one) => component("library", one)),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** Many packages have the same license, whose text is in the result once. */
export function licensesOf(packages: readonly BundledPackage[]): string {
  const byText = Map.groupBy(packages, ({ license, text }) => text.trim() || license);
  return [...byText]
    .map(([text, same]) => {
      const names = same.map(({ name, version, license }) => `${name} ${version}, ${license}\n`);
      return `${names.join("")}\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
