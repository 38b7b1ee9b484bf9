import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Schema } from "./judge.ts";

// We may not commit Okta's document. The script test-okta-documents.sh downloads it, and .ci/run
// sets this variable to the downloaded file.
const { OKTA_OPENAPI: file = "" } = process.env;
export const haveDocument = file !== "";

if (!haveDocument) {
  const words = "Set OKTA_OPENAPI to the path of Okta's document.";
  if (process.env["OKTA_DOCUMENTS_REQUIRED"] === "1") throw new Error(words);
  process.stderr.write(`Skipped the comparison with Okta's document. ${words}\n`);
}

interface Operation {
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Response {
  readonly $ref?: string;
  readonly content?: Content;
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** Okta's management API: https://github.com/okta/okta-management-openapi-spec */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

let openApi: OpenApi | undefined;

export function readOpenApi(): OpenApi {
  return (openApi ??= readDocument() as OpenApi);
}

function readDocument(): unknown {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}
