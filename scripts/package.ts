import { readFile, readdir } from "node:fs/promises";
import { strToU8, zipSync, type Zippable } from "fflate";
import packageJson from "../package.json" with { type: "json" };
import { replaceFile } from "./replace-file.ts";
import { answerUsage } from "../tools/usage.ts";

answerUsage(
  "npm run package\n\nBuilds the app, and packs it into okta-8x8-telephony.zip for deployment.",
);

const archive = "okta-8x8-telephony.zip";

// The Functions worker reads only these fields.
const { name, version, type, main } = packageJson;
const files: Zippable = {
  "package.json": strToU8(JSON.stringify({ name, version, type, main }, null, 2)),
  "host.json": await readFile("host.json"),
};
const bundles = (await readdir("dist")).filter((file) => /\.cjs(\.map)?$/.test(file));
for (const file of bundles) files[`dist/${file}`] = await readFile(`dist/${file}`);

// All files get the same constant time, so that one commit always gives the same archive.
const zip = zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
await replaceFile(archive, zip);
console.log(
  `${archive}: ${(zip.length / 1_000_000).toFixed(2)} MB, ${Object.keys(files).length} files`,
);
