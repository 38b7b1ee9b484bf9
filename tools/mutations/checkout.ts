// A copy of the checkout in which changes are made and tests run: the checkout itself is never
// touched.
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Bicep, groupOf, snapshotOptions } from "../../test/infra/bicep.ts";
import type { Mutation } from "./mutation.ts";

const run = promisify(execFile);
const checkout = resolve(import.meta.dirname, "../..");
const parameterFiles = globSync("infra/environments/examples/*/*.bicepparam", { cwd: checkout });
const snapshotOf = (parameterFile: string) => parameterFile.replace(/bicepparam$/, "snapshot.json");

/** Everything of the checkout that git knows or would take. */
export async function copyCheckout(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "mutate-infra-"));
  const { stdout } = await run(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: checkout,
    },
  );
  const files = stdout
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(checkout, file)));
  for (const file of files) cpSync(join(checkout, file), join(folder, file));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  return folder;
}

export function removeCopy(folder: string): void {
  rmSync(folder, { recursive: true });
}

/**
 * Writes the snapshots again that a change to this file can reach, so that comparing them finds
 * nothing.
 */
export async function refreshSnapshots(
  bicep: Bicep,
  folder: string,
  changed: string,
): Promise<void> {
  const reached = parameterFiles.filter((file) => reaches(changed, file));
  for (const file of reached) {
    const options = {
      path: join(folder, file),
      ...snapshotOptions(groupOf(file.replace("infra/", ""))),
    };
    const reply = (await bicep.call("bicep/getSnapshot", options)) as { snapshot: string };
    const snapshot = JSON.parse(reply.snapshot) as { outputs: object };
    const outputs = Object.fromEntries(Object.entries(snapshot.outputs).sort());
    writeFileSync(
      join(folder, snapshotOf(file)),
      `${JSON.stringify({ ...snapshot, outputs }, null, 2)}\n`,
    );
  }
}

function reaches(changed: string, parameterFile: string): boolean {
  if (changed.endsWith(".bicepparam")) return changed === parameterFile;
  const ofBootstrap =
    changed.startsWith("infra/bootstrap/") === parameterFile.endsWith("/bootstrap.bicepparam");
  return changed === "infra/types.bicep" || ofBootstrap;
}

export function staleSnapshots(folder: string): readonly string[] {
  return parameterFiles
    .map(snapshotOf)
    .filter(
      (file) =>
        readFileSync(join(folder, file), "utf8") !== readFileSync(join(checkout, file), "utf8"),
    );
}

/** Makes the change, and gives back how to undo it and what it did to the snapshots. */
export function change({ file, start, before, after }: Mutation, folder: string): () => void {
  const files = [file, ...parameterFiles.map(snapshotOf)].map((name) => join(folder, name));
  const texts = files.map((path) => readFileSync(path, "utf8"));
  const text = texts[0] ?? "";
  writeFileSync(
    join(folder, file),
    text.slice(0, start) + after + text.slice(start + before.length),
  );
  return () => {
    for (const [i, path] of files.entries()) writeFileSync(path, texts[i] ?? "");
  };
}
