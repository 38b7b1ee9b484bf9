import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { product } from "../product.ts";

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

interface Pinned {
  readonly file: string;
  readonly version: string | undefined;
  readonly sha512: string | undefined;
}

/**
 * Returns a sentence for each file of a company's repository that names another version or another
 * checksum of the package than package-lock.json. A clone of the product has no such files.
 */
export function otherVersions(): string[] {
  if (resolve(product) === process.cwd()) return [];
  const locked = inLock();
  if (locked === undefined) return [];
  const installed = JSON.parse(textOf(join(product, "package.json"))) as { version: string };
  const pinned = [
    ...globSync(".github/workflows/*.{yml,yaml}").sort().map(inPipeline),
    inPipeline("azure-pipelines.yml"),
    { file: "The installed package", version: installed.version, sha512: locked.sha512 },
  ];
  return pinned
    .filter(
      ({ version, sha512 }) =>
        version !== undefined && (version !== locked.version || sha512 !== locked.sha512),
    )
    .map(
      ({ file, version = "" }) =>
        `${file} has version ${version} of the package${version === locked.version ? " with another checksum" : ""}, but package-lock.json has ${locked.version ?? "none"}. Run npm ci and then init.`,
    );
}

function inLock(): Omit<Pinned, "file"> | undefined {
  const text = textOf("package-lock.json");
  if (text === "") return undefined;
  const { packages = {} } = JSON.parse(text) as {
    readonly packages?: Readonly<Record<string, { version?: string; integrity?: string }>>;
  };
  const { version, integrity } = packages["node_modules/okta-8x8-telephony"] ?? {};
  return { version, sha512: integrity };
}

/** Reads the lines that tools/init writes. */
function inPipeline(file: string): Pinned {
  const valueOf = (name: string) =>
    new RegExp(`^ +${name}: (?:\\$\\{\\{ ')?([\\w.+/=-]+)`, "im").exec(textOf(file))?.[1];
  const sha512 = valueOf("sha512");
  return { file, version: sha512 && valueOf("version"), sha512 };
}
