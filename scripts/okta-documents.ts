import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

/** A document that Okta publishes, at one commit of its repository. */
export interface PinnedDocument {
  /** Environment variable that tells the tests the document's path. */
  readonly variable: string;
  readonly file: string;
  readonly path: string;
  /** SHA-256 of the content as JSON with sorted keys, so that YAML and JSON give the same value. */
  readonly sha256: string;
}

/** Okta's management API 2026.06.3 and event types 2026.08.1. */
export const pinnedDocuments: readonly PinnedDocument[] = [
  {
    variable: "OKTA_OPENAPI",
    file: "management.json",
    path: "okta/okta-management-openapi-spec/fdda229e82940cf5af4611ad673ca6a27974e31b/dist/current/management-minimal.yaml",
    sha256: "1b826f1c6e4cdbac843a30865aed7be4ef29c0db33c34a64e522a42877f613df",
  },
  {
    variable: "OKTA_EVENT_TYPES",
    file: "event-types.json",
    path: "okta/okta-developer-docs/468de9c5/packages/@okta/vuepress-site/data/event-types.json",
    sha256: "d399e13a154f9e478d33fb11aab8887ff72f7867c8eb11976286c5c4d197577f",
  },
];

/**
 * Writes the documents as JSON into the folder. Returns a line for each: its variable and its path.
 * Rejects if a document cannot be downloaded or has another checksum.
 */
export async function fetchDocuments(
  folder: string,
  documents = pinnedDocuments,
  from = "https://raw.githubusercontent.com",
): Promise<readonly string[]> {
  const contents = await Promise.all(documents.map((document) => load(document, from)));
  mkdirSync(folder, { recursive: true });
  return documents.map(({ variable, file }, i) => {
    const path = resolve(join(folder, file));
    writeFileSync(path, JSON.stringify(contents[i]));
    return `${variable}=${path}`;
  });
}

async function load({ path, sha256 }: PinnedDocument, from: string): Promise<unknown> {
  const reply = await fetch(`${from}/${path}`, { signal: AbortSignal.timeout(60_000) }).catch(
    () => {
      throw new Error(`GitHub cannot be reached for ${path}. Check your network.`);
    },
  );
  if (!reply.ok) throw new Error(`GitHub answers ${reply.status} to ${path}. Try again later.`);
  // parse reads JSON too, because JSON is a subset of YAML.
  const content: unknown = parse(await reply.text());
  const found = checksumOf(content);
  if (found !== sha256)
    throw new Error(
      `${path} does not match its pinned checksum. Its checksum is ${found}. Compare the document before you pin it again.`,
    );
  return content;
}

export function checksumOf(content: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(inOrder(content)))
    .digest("hex");
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, inOrder(member)]));
}
