import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { bundles, bundling } from "./bundles.ts";
import { replaceFile } from "./replace-file.ts";
import { answerUsage } from "../tools/usage.ts";

answerUsage(
  "npm run build\n\nBundles src/ into dist/, and writes the contents of each bundle to .cache/metafile.json.",
);

const { metafile, outputFiles } = await build({
  ...bundling,
  entryPoints: bundles,
  outdir: "dist",
  metafile: true,
  write: false,
});
// Each file is replaced atomically, because another process, such as a test run, may be reading it.
await mkdir("dist", { recursive: true });
for (const { path, text } of outputFiles) await replaceFile(path, escaped(text));
const built = outputFiles.map(({ path }) => basename(path));
for (const name of await readdir("dist"))
  if (!built.includes(name)) await rm(join("dist", name), { recursive: true });
// The folder dist/ holds only files to deploy, so metafile.json goes to .cache/.
await replaceFile(".cache/metafile.json", JSON.stringify(metafile));

/** One character above U+00FF makes V8 keep a bundle's whole text in two bytes per character. */
function escaped(text: string): string {
  return text.replaceAll(
    /[^\0-\xff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
