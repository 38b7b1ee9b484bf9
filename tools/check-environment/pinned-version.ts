import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { product } from "../product.ts";

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

interface Pinned {
  readonly file: string;
  readonly version: string | undefined;
  readonly sha512: string | undefined;
  readonly tarball?: string | undefined;
}

/**
 * Returns a sentence for each file of a company's repository that names another version or another
 * checksum of the package than package-lock.json, or a tarball that is missing or has another
 * checksum. A clone of the product has no such files.
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
  const others = pinned
    .filter(
      ({ version, sha512 }) =>
        version !== undefined && (version !== locked.version || sha512 !== locked.sha512),
    )
    .map(
      ({ file, version = "" }) =>
        `${file} has version ${version} of the package${version === locked.version ? " with another checksum" : ""}, but package-lock.json has ${locked.version ?? "none"}. Run npm ci and then init.`,
    );
  const tarballs = pinned.map(({ tarball, sha512 }) => tarball && wrongTarball(tarball, sha512));
  return [...others, ...new Set(tarballs.filter((wrong) => wrong !== undefined))];
}

/**
 * Returns a sentence if the pipeline would refuse the tarball. A tarball at an https URL is not read.
 * @param sha512 such as sha512-…
 */
export function wrongTarball(tarball: string, sha512: string | undefined): string | undefined {
  if (tarball.startsWith("https:")) return undefined;
  if (!existsSync(tarball))
    return `The pipeline needs ${tarball}, which is missing in ${process.cwd()}. Copy the tarball there, and commit it.`;
  const sum = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  if (sum === sha512) return undefined;
  return `${tarball} is not the tarball that is installed, because its checksum differs. Copy the installed tarball to this path, or run npm install ./${tarball} and then init in ${process.cwd()}.`;
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
    new RegExp(`^ +${name}: (?:\\$\\{\\{ ')?([\\w.+/=:-]+)`, "im").exec(textOf(file))?.[1];
  const sha512 = valueOf("sha512");
  return {
    file,
    version: sha512 && valueOf("version"),
    sha512,
    tarball: sha512 && valueOf("tarball"),
  };
}
