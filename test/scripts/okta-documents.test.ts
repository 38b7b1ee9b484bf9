// In pipelines, our fake of Okta is tested against documents that Okta published.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checksumOf, fetchDocuments, pinnedDocuments } from "../../scripts/okta-documents.ts";
import { ifDocuments, readDocument } from "../okta-documents/documents.ts";

const published: Readonly<Record<string, string>> = {
  "/api.yaml": "paths:\n  /b: { get: 1 }\n  /a: {}\n",
  "/events.json": '{ "release": "1", "at": "2026-08-21" }',
};
const pinned = [
  {
    variable: "API",
    file: "api.json",
    path: "api.yaml",
    sha256: checksumOf({ paths: { "/a": {}, "/b": { get: 1 } } }),
  },
  {
    variable: "EVENTS",
    file: "events.json",
    path: "events.json",
    sha256: checksumOf({ at: "2026-08-21", release: "1" }),
  },
] as const;

let server: Server;
let folder: string;
beforeAll(async () => {
  server = createServer(({ url = "" }, response) => {
    const text = published[url];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "documents-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const from = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const made = () => join(folder, "made");

test("fetchDocuments writes a YAML and a JSON document as JSON, and returns lines with their paths", async () => {
  expect(await fetchDocuments(made(), pinned, from())).toEqual([
    `API=${made()}/api.json`,
    `EVENTS=${made()}/events.json`,
  ]);
  expect(JSON.parse(readFileSync(`${made()}/api.json`, "utf8"))).toEqual({
    paths: { "/b": { get: 1 }, "/a": {} },
  });
});

test.each([
  [
    "a document with another checksum",
    { sha256: "0".repeat(64) },
    "api.yaml does not match its pinned checksum",
  ],
  [
    "a document that GitHub does not have",
    { path: "gone.yaml" },
    "GitHub answers 404 to gone.yaml.",
  ],
])("fetchDocuments rejects %s, and writes no file", async (_, change, words) => {
  const documents = [{ ...pinned[0], ...change }, pinned[1]];
  await expect(fetchDocuments(made(), documents, from())).rejects.toThrow(words);
  expect(existsSync(made())).toBe(false);
});

test("pinnedDocuments gives each document a commit and a checksum", () => {
  for (const { path, sha256 } of pinnedDocuments) {
    expect(path).toMatch(/^okta\/[\w-]+\/[\da-f]{8,40}\//);
    expect(sha256).toMatch(/^[\da-f]{64}$/);
  }
});

ifDocuments("documents that the tests read", () => {
  test.each(pinnedDocuments)(
    "the document in $variable has the pinned checksum",
    ({ variable, sha256 }) => {
      expect(checksumOf(readDocument(process.env[variable] ?? ""))).toBe(sha256);
    },
  );
});
