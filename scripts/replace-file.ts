import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** Replaces the file atomically. The path is relative to the project's root. */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(".cache", { recursive: true });
  const written = join(".cache", `${basename(path)}.${process.pid}`);
  await writeFile(written, contents);
  await rename(written, path);
}
