import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { strToU8, zipSync, type Zippable } from "fflate";
import packageJson from "../package.json" with { type: "json" };
import { buildTools } from "./package/tools.ts";
import { copyFiles } from "./package/files.ts";
import { bundledPackages, billOf, licensesOf } from "./package/bundled.ts";
import { replaceFile } from "./replace-file.ts";
import { answerUsage } from "../tools/usage.ts";

const { name, version, type, main, description, license, bin, engines } = packageJson;
const archive = `${name}.zip`;
const bill = `${name}.sbom.json`;
const tarball = `${name}-${version}.tgz`;

answerUsage(`npm run package

Builds ${tarball}, the package that a company installs. The app for
Azure and the bill of materials are in the package, and beside it:
${archive} and ${bill}`);

// The Functions worker reads only these fields.
const files: Zippable = {
  "package.json": strToU8(JSON.stringify({ name, version, type, main }, null, 2)),
  "host.json": await readFile("host.json"),
};
const bundles = (await readdir("dist")).filter((file) => /\.cjs(\.map)?$/.test(file));
for (const file of bundles) files[`dist/${file}`] = await readFile(`dist/${file}`);

// All files get the same constant time, so that one commit always gives the same archive.
const zip = zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
await replaceFile(archive, zip);

const folder = ".cache/package";
const tools = await buildTools(folder);
const packages = await bundledPackages([await readFile(".cache/metafile.json", "utf8"), tools]);
await replaceFile(bill, billOf({ name, version, license }, packages));
// The company's npm must install nothing else and run no script, so these fields are left out.
const manifest = { name, version, description, license, type, main, bin, engines };
await copyFiles(folder, {
  "package.json": JSON.stringify(manifest, null, 2),
  "licenses.txt": licensesOf(packages),
  [archive]: zip,
  [bill]: await readFile(bill),
});
// npm gives all files in a package the same constant time.
execFileSync("npm", ["pack", `./${folder}`, "--ignore-scripts", "--silent"], {
  shell: process.platform === "win32",
});

const size = async (file: string) => `${((await readFile(file)).length / 1_000_000).toFixed(2)} MB`;
console.log(`${archive}: ${await size(archive)}, ${Object.keys(files).length} files`);
console.log(`${tarball}: ${await size(tarball)}`);
