import { chmod, cp, glob, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Files of the clone that the package contains as they are. */
const copied = [
  "{README,CHANGELOG,SECURITY}.md",
  "LICENSE",
  "host.json",
  "azure-pipelines.yml",
  ".github/workflows/{deploy,okta}.yml",
  "dist/*.cjs",
  "docs/**/*.{md,webp}",
  "infra/*.{bicep,json,md}",
  "infra/{bootstrap,modules,queries,workbooks}/**/*.*",
  "infra/environments/examples/**/*.*",
  "scripts/{run,start-program}.js",
  "scripts/*.bash",
  "scripts/setup/*.bash",
  "scripts/{bootstrap,check-environment,deploy,deploy-code,deploy-infra,grants,install-bicep}.sh",
  "scripts/{preview-infra,receipts,seed-secrets,setup,smoke}.sh",
  "tools/command.js",
  "tools/local/phone/page/*.{html,css,svg}",
];

/** @param written Content of more files, by name. */
export async function copyFiles(
  folder: string,
  written: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for await (const file of glob(copied)) await cp(file, join(folder, file));
  for (const [file, content] of Object.entries(written)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
  // The modes of the clone's files depend on the user's umask.
  for await (const entry of glob("**/*.*", { cwd: folder, withFileTypes: true })) {
    const isProgram = /\.sh$|^command\.js$/.test(entry.name);
    if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
