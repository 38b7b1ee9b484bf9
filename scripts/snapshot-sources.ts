import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Bicep allows no variable in a path, so each path is a whole string. */
const quotedPaths = /'([^'$\n]+\.(?:bicep|json|kql))'/g;

/**
 * Returns the SHA-256 hash of a parameter file and of each template and query that it uses, so that
 * a test without the compiler notices a snapshot that is out of date.
 */
export function sourceHashes(parameterFile: string): Readonly<Record<string, string>> {
  const hashes = new Map<string, string>();
  function add(file: string): void {
    if (hashes.has(file)) return;
    const text = readFileSync(file, "utf8");
    hashes.set(file, createHash("sha256").update(text).digest("hex"));
    if (!/\.bicep(?:param)?$/.test(file)) return;
    for (const [, path = ""] of text.matchAll(quotedPaths)) {
      const used = join(dirname(file), path);
      if (existsSync(used)) add(used);
    }
  }
  add(parameterFile);
  return Object.fromEntries([...hashes].sort());
}
