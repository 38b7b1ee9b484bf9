import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { wrongTarball } from "../check-environment/pinned-version.ts";
import { product } from "../product.ts";

export interface Installed {
  readonly version: string;
  /** Checksum of the package, such as sha512-…, as in package-lock.json. */
  readonly sha512: string;
  /** The package as a path in the repository, or as an https URL. */
  readonly tarball: string;
  /** The repository on GitHub that the package was built from, such as octo-org/product. */
  readonly repository: string | undefined;
  /** Commit of this repository. */
  readonly commit: string | undefined;
  /** Whether the repository's pipeline built and signed the package. */
  readonly isSigned: boolean;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  repository: z.string().optional(),
  gitHead: z.string().optional(),
  signed: z.boolean().default(false),
});
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

/** @throws Error that says what to install. */
export function readInstalled(): Installed {
  const { name, version, signed, gitHead, ...from } = manifest.parse(
    JSON.parse(readFileSync(join(product, "package.json"), "utf8")),
  );
  const locked = existsSync("package-lock.json")
    ? lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8"))).packages
    : {};
  const { integrity = "", resolved = "", ...own } = locked[`node_modules/${name}`] ?? {};
  // After a roll-back in git, node_modules still has the later version.
  if (own.version !== undefined && own.version !== version)
    throw new Error(
      `package-lock.json has version ${own.version}, but version ${version} is installed. To install the version of package-lock.json, run npm ci in ${process.cwd()}. Then run init again.`,
    );
  if (own.version === undefined || !/^sha512-[\w+/=]+$/.test(integrity))
    throw new Error(
      `package-lock.json has no checksum of version ${version}. In ${process.cwd()}, run: npm install ./${name}-${version}.tgz`,
    );
  const repository = from.repository?.replace(/^github:/, "");
  const release =
    signed &&
    repository &&
    `https://github.com/${repository}/releases/download/v${version}/${name}-${version}.tgz`;
  const isHere = /^file:(?!\.\.|\/)/.test(resolved);
  const tarball = isHere
    ? resolved.slice("file:".length)
    : resolved.startsWith("https:")
      ? resolved
      : release;
  if (!tarball)
    throw new Error(
      `The pipeline could not get the package from ${resolved || "a registry"}. Copy its tarball into this repository, and run: npm install ./${name}-${version}.tgz`,
    );
  const wrong = wrongTarball(tarball, integrity);
  if (wrong !== undefined) throw new Error(wrong);
  const isSigned = signed && repository !== undefined;
  return {
    version,
    sha512: integrity,
    tarball,
    repository,
    commit: repository && gitHead,
    isSigned,
  };
}
