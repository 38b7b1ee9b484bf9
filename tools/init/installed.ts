import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { product } from "../product.ts";

export interface Installed {
  readonly version: string;
  /** Checksum of the package, such as sha512-…, as in package-lock.json. */
  readonly sha512: string;
  /** The package as a path in the repository, or as an https URL. */
  readonly tarball: string;
  /** The product's repository on GitHub, such as octo-org/product. */
  readonly publisher: string | undefined;
  /** Commit of the publisher's repository that the package was built from. */
  readonly commit: string | undefined;
}

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  repository: z.string().optional(),
  gitHead: z.string().optional(),
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
  const { name, version, repository, gitHead } = manifest.parse(
    JSON.parse(readFileSync(join(product, "package.json"), "utf8")),
  );
  const locked = existsSync("package-lock.json")
    ? lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8"))).packages
    : {};
  const { integrity = "", resolved = "", ...own } = locked[`node_modules/${name}`] ?? {};
  if (own.version !== version || !/^sha512-[\w+/=]+$/.test(integrity))
    throw new Error(
      `package-lock.json has no checksum of version ${version}. In this folder, run: npm install ./${name}-${version}.tgz`,
    );
  const publisher = repository?.replace(/^github:/, "");
  const release =
    publisher &&
    `https://github.com/${publisher}/releases/download/v${version}/${name}-${version}.tgz`;
  const isHere = /^file:(?!\.\.|\/)/.test(resolved);
  const tarball = isHere
    ? resolved.slice("file:".length)
    : resolved.startsWith("https:")
      ? resolved
      : release;
  if (tarball === undefined)
    throw new Error(
      `The pipeline could not get the package from ${resolved || "a registry"}. Copy its tarball into this repository, and run: npm install ./${name}-${version}.tgz`,
    );
  return { version, sha512: integrity, tarball, publisher, commit: publisher && gitHead };
}
