import { appendFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { startAzure } from "../../sandbox/azure.ts";
import type { Fault } from "../../sandbox/azure/stand-in.ts";
import { answerParent } from "../child.ts";
import { createEventLedger, type Arrived } from "./event-ledger.ts";

// Identity and vault are the sandbox's. Its ingestion reads every item, at a cost that would bound
// the result; this one only counts them, and looks closer when asked. It is Live Metrics' endpoint
// too, to which it says that nobody is watching.
const azure = await startAzure({ pageSize: 25 });
const { private: key, cert } = await generate([{ name: "commonName", value: "Benchmark" }], {
  keyType: "ec",
  algorithm: "sha256",
  extensions: [
    {
      name: "subjectAltName",
      altNames: [
        { type: 2, value: "localhost" },
        { type: 7, ip: "127.0.0.1" },
      ],
    },
  ],
});
const authorities = azure.env["NODE_EXTRA_CA_CERTS"] ?? "";
appendFileSync(authorities, `\n${cert}`);
process.on("exit", () => {
  rmSync(dirname(authorities), { recursive: true });
});

interface Posted {
  readonly body: Buffer;
  readonly gzip: boolean;
}

const posted: Posted[] = [];
let ingestionFault: Outage["fault"] | undefined;
const ingestion = createServer({ key, cert }, (request, response) => {
  void buffer(request).then((body) => {
    if (ingestionFault === "down") request.socket.destroy();
    if (ingestionFault === "error") response.writeHead(500).end("{}");
    if (ingestionFault !== undefined) return;
    const sent = { body, gzip: request.headers["content-encoding"] === "gzip" };
    const tracked = request.url?.endsWith("/track") === true;
    if (tracked) posted.push(sent);
    // As Application Insights does, for whoever reads it; to Live Metrics nothing is to be said.
    const items = tracked ? textOf(sent).split('"baseType":').length - 1 : 0;
    const answer = tracked ? { itemsReceived: items, itemsAccepted: items, errors: [] } : {};
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
});

const nameLookup = resolve(import.meta.dirname, "name-lookup.cjs");

const ledger = createEventLedger();

function textOf({ body, gzip }: Posted): string {
  return (gzip ? gunzipSync(body) : body).toString();
}

/**
 * How many hooks' events, and how many outcomes with their codes, have arrived since the last
 * question.
 */
function countEvents(): Pick<AzureCounts, "events" | "joined"> {
  const texts = posted.splice(0).map(textOf);
  for (const text of texts) ledger.enter(text);
  const count = (part: string) => texts.reduce((sum, text) => sum + text.split(part).length - 1, 0);
  return { events: count('"name":"otp-delivery"'), joined: count('"join":"joined"') };
}

/** Of those that are not out, all work. */
function fail(outage: Outage | undefined): void {
  azure.vault.recover();
  azure.identity.recover();
  if (outage?.of === "vault" || outage?.of === "identity") azure[outage.of].fail(outage.fault);
  ingestionFault = outage?.of === "ingestion" ? outage.fault : undefined;
}

export interface Azure {
  readonly env: Record<string, string>;
  /** Not in `env`: its use is switched on. */
  readonly tableUrl: string;
  readonly key: string;
  readonly cert: string;
}
export interface Outage {
  readonly of: "vault" | "identity" | "ingestion";
  readonly fault: Extract<Fault, "down" | "hang" | "error">;
}
export interface Question {
  /** Each becomes the newest version of its name. */
  readonly secrets?: Record<string, string>;
  readonly outage?: Outage | "none";
  /** How long the next tokens for the vault last. */
  readonly vaultTokenSeconds?: number;
}
export interface AzureCounts {
  readonly events: number;
  /** Of the codes that were used, those that were known, as in `events`. */
  readonly joined: number;
  readonly vaultReads: number;
  readonly arrived: Arrived;
}

ingestion.listen(0, "127.0.0.1", () => {
  const url = `https://localhost:${(ingestion.address() as AddressInfo).port}/`;
  const connectionString = [
    "InstrumentationKey=00000000-0000-4000-8000-000000000000",
    `IngestionEndpoint=${url}`,
    `LiveEndpoint=${url}`,
  ].join(";");
  const vault = {
    KEY_VAULT_URL: `${azure.vault.url}:${azure.vault.port}`,
    NODE_OPTIONS: `--require ${JSON.stringify(nameLookup)}`,
  };
  const withoutProxy = Object.entries(azure.env).filter(([name]) => !name.endsWith("_PROXY"));
  const env = {
    ...Object.fromEntries(withoutProxy),
    ...vault,
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
  };
  const tableUrl = `${azure.tables.url}:${azure.tables.port}`;
  process.send?.({ env, tableUrl, key, cert } satisfies Azure);
});
answerParent(({ secrets = {}, outage, vaultTokenSeconds }: Question): AzureCounts => {
  for (const [name, value] of Object.entries(secrets)) azure.vault.add(name, { value });
  if (outage !== undefined) fail(outage === "none" ? undefined : outage);
  if (vaultTokenSeconds !== undefined)
    azure.identity.issueFor(vaultTokenSeconds, "https://vault.azure.net");
  azure.identity.requests.length = 0;
  azure.tables.requests.length = 0;
  return {
    ...countEvents(),
    vaultReads: azure.vault.requests.splice(0).length,
    arrived: ledger.total(),
  };
});
