import { appendFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { startAzure } from "../../sandbox/azure.ts";
import { answerParent } from "../child.ts";

// Identity and vault are the sandbox's. Its ingestion reads every item, at a cost that would bound the result; this one only
// keeps what it is sent, and counts when asked. It is Live Metrics' endpoint too, to which it says that nobody is watching.
const azure = await startAzure();
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

const posted: { readonly body: Buffer; readonly gzip: boolean }[] = [];
const ingestion = createServer({ key, cert }, (request, response) => {
  void buffer(request).then((body) => {
    const gzip = request.headers["content-encoding"] === "gzip";
    if (request.url?.endsWith("/track")) posted.push({ body, gzip });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
});

const nameLookup = resolve(import.meta.dirname, "name-lookup.cjs");

/** How many hooks' events have arrived since the last question. */
function countEvents(): number {
  const texts = posted.splice(0).map(({ body, gzip }) => (gzip ? gunzipSync(body) : body).toString());
  return texts.reduce((count, text) => count + text.split('"name":"otp-delivery"').length - 1, 0);
}

export interface Azure {
  readonly env: Record<string, string>;
  readonly key: string;
  readonly cert: string;
}
export interface Question {
  readonly secrets?: Record<string, string>;
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
  process.send?.({ env, key, cert } satisfies Azure);
});
answerParent(({ secrets = {} }: Question) => {
  for (const [name, value] of Object.entries(secrets)) azure.vault.set(name, [{ value }]);
  return { events: countEvents(), vaultReads: azure.vault.requests.splice(0).length };
});
