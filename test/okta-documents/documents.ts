import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Schema } from "./judge.ts";

// We may not commit Okta's documents. The script test-okta-documents.sh downloads them, and .ci/run
// sets these variables to the downloaded files.
const { OKTA_OPENAPI: openApiFile = "", OKTA_EVENT_TYPES: eventTypesFile = "" } = process.env;
export const haveDocuments = openApiFile !== "" && eventTypesFile !== "";
const required = process.env["OKTA_DOCUMENTS_REQUIRED"] === "1";

if (!haveDocuments && !required)
  process.stderr.write(
    "Skipped the comparison with Okta's documents. Set OKTA_OPENAPI and OKTA_EVENT_TYPES to the paths of the documents.\n",
  );

export const ifDocuments = haveDocuments || required ? describe : describe.skip;

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

/** Events of Okta's System Log: https://developer.okta.com/docs/reference/api/event-types/ */
export interface EventCatalogue {
  readonly eventTypes: readonly {
    readonly id: string;
    readonly tags: readonly string[];
    readonly schema: { readonly debugData: string; readonly targets: readonly string[] };
  }[];
  readonly schemas: Readonly<
    Record<string, { readonly properties: Readonly<Record<string, CatalogueField>> }>
  >;
}
export interface CatalogueField {
  readonly format: string;
  /** Example values. For an `enum`, Okta lists only some of the possible values. */
  readonly examples: readonly string[];
}

let openApi: OpenApi | undefined;
let catalogue: EventCatalogue | undefined;

export function readOpenApi(): OpenApi {
  return (openApi ??= readDocument(openApiFile) as OpenApi);
}

export function readCatalogue(): EventCatalogue {
  catalogue ??= (readDocument(eventTypesFile) as { versions: EventCatalogue[] }).versions[0];
  if (catalogue === undefined) throw new Error("The event-type catalogue is empty.");
  return catalogue;
}

function readDocument(file: string): unknown {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}
