import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { strToU8, zipSync, type Zippable } from "fflate";
import packageJson from "../package.json" with { type: "json" };
import { billOf, bundledPackages, licensesOf } from "./package/bundled.ts";
import { copyFiles } from "./package/files.ts";
import { keepLinks } from "./package/links.ts";
import { buildTools } from "./package/tools.ts";
import { answerHelp } from "../tools/usage.ts";

const { name, version, type, main, description, license, bin, engines } = packageJson;
const archive = `${name}.zip`;
const bill = `${name}.sbom.json`;
const tarball = `${name}-${version}.tgz`;

answerHelp(`npm run package -- [--into FOLDER] [--signed]

Builds ${tarball}, the package that a company installs, into this folder
or another folder. The app for Azure and the bill of materials are in the package, and beside it:
${archive} and ${bill}

--signed marks the package as one whose signature init can have verified. Only the pipeline uses it,
because only the pipeline signs.`);
const { into, signed } = parseArgs({
  options: { into: { type: "string", default: "." }, signed: { type: "boolean", default: false } },
}).values;

// The Functions worker reads only these fields.
const files: Zippable = {
  "package.json": strToU8(JSON.stringify({ name, version, type, main }, null, 2)),
  "host.json": await readFile("host.json"),
};
const bundles = (await readdir("dist")).filter((file) => /\.cjs(\.map)?$/.test(file));
for (const file of bundles) files[`dist/${file}`] = await readFile(`dist/${file}`);

// All files get the same constant time, so that one commit always gives the same archive.
const zip = zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
await writeFile(join(into, archive), zip);

const folder = await mkdtemp(join(tmpdir(), "package-"));
const tools = await buildTools(folder);
const packages = await bundledPackages([await readFile(".cache/metafile.json", "utf8"), tools]);
const billOfMaterials = billOf({ name, version, license }, packages);
await writeFile(join(into, bill), billOfMaterials);
// The company's npm must install nothing else and run no script, so these fields are left out.
const from = { ...origin(), ...(signed ? { signed } : {}) };
const manifest = { name, version, description, license, type, main, bin, engines, ...from };
await copyFiles(folder, {
  "package.json": JSON.stringify(manifest, null, 2),
  "licenses.txt": licensesOf(packages),
  [archive]: zip,
  [bill]: billOfMaterials,
});
await keepLinks(folder, manifest);
// npm gives all files in a package the same constant time.
execFileSync("npm", ["pack", folder, "--ignore-scripts", "--silent", "--pack-destination", into], {
  shell: process.platform === "win32",
});
await rm(folder, { recursive: true });
for (const file of [archive, tarball]) {
  const { length } = await readFile(join(into, file));
  console.log(`${file}: ${(length / 1_000_000).toFixed(2)} MB`);
}

/** Returns the commit, and the repository if it is on GitHub. `init` and `setup` refer to both. */
function origin(): { repository?: string; gitHead?: string } {
  const [, repository] =
    /github\.com[:/]([\w-]+\/[\w.-]+?)(?:\.git)?$/.exec(git("remote", "get-url", "origin")) ?? [];
  if (repository === undefined) return {};
  return { repository: `github:${repository}`, gitHead: git("rev-parse", "HEAD") };
}

function git(...args: string[]): string {
  const { stdout } = spawnSync("git", args, { encoding: "utf8" }) as { stdout: string | null };
  return stdout?.trim() ?? "";
}
