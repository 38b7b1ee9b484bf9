import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * Whoever reads the file meanwhile reads the one before or the new one, and no part of either. From
 * the project's root.
 */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(".cache", { recursive: true });
  const written = join(".cache", `${basename(path)}.${process.pid}`);
  await writeFile(written, contents);
  await rename(written, path);
}
