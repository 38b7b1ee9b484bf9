import { rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { dirname, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { createSmsApi } from "../sandbox/8x8/sms.ts";
import { startAzureGround, startAzureOn } from "../sandbox/azure.ts";
import { listen } from "../sandbox/azure/stand-in.ts";
import { hookBody } from "../sandbox/okta.ts";

const hookSecret = "the-hook-secret-of-the-benchmark";
const apiKey = "the-8x8-key-of-the-benchmark";
const subAccount = "bench_sms";

/** The request that every contestant gets. Its code is valid for a day. */
export const hook = {
  method: "POST",
  headers: {
    authorization: hookSecret,
    accept: "application/json",
    "content-type": "application/json",
  },
  body: JSON.stringify(
    hookBody({
      messageProfile: {
        phoneNumber: "+12025550123",
        otpExpires: new Date(Date.now() + 86_400_000).toISOString(),
      },
    }),
  ),
} as const;

/**
 * Starts 8x8, the vault, the identity and Application Insights on loopback, and returns the
 * environment of all contestants. The vault and the identity are the sandbox's. The other two check
 * nothing, because the sandbox's checks would limit the requests per second.
 */
export async function startSurroundings(): Promise<Record<string, string>> {
  const ground = await startAzureGround();
  const authorities = ground.env["NODE_EXTRA_CA_CERTS"] ?? "";
  process.on("exit", () => {
    rmSync(dirname(authorities), { recursive: true, force: true });
  });
  const azure = await startAzureOn(ground, { pageSize: 25 });
  azure.vault.add("okta-hook-secret", { value: hookSecret });
  azure.vault.add("eight-by-eight-api-key", { value: apiKey });
  const insights = `https://localhost:${await startApplicationInsights(ground.certificates)}/`;
  const eightByEight = `http://127.0.0.1:${await start8x8()}`;
  // Through a proxy, each request to the vault would need a new connection.
  const withoutProxy = Object.entries(azure.env).filter(([name]) => !name.endsWith("_PROXY"));
  return {
    ...Object.fromEntries(withoutProxy),
    KEY_VAULT_URL: `${azure.vault.url}:${azure.vault.port}`,
    APPLICATIONINSIGHTS_CONNECTION_STRING: [
      "InstrumentationKey=00000000-0000-4000-8000-000000000000",
      `IngestionEndpoint=${insights}`,
      `LiveEndpoint=${insights}`,
    ].join(";"),
    NODE_OPTIONS: `--require ${JSON.stringify(resolve("tools/bench/name-lookup.cjs"))}`,
    EIGHT_BY_EIGHT_SMS_URL: eightByEight,
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount,
    TUTORIAL_HOOK_SECRET: hookSecret,
    TUTORIAL_API_KEY: apiKey,
  };
}

function start8x8(): Promise<number> {
  const message = JSON.stringify({ destination: "+12025550123", text: "Your code is 11111" });
  const sms = { subAccount, contentType: "application/json", body: message };
  const accepted = JSON.stringify(createSmsApi(subAccount).send(sms).body);
  return listen(
    createHttpServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "content-type": "application/json" }).end(accepted);
      });
    }),
  );
}

function startApplicationInsights(certificate: { key: string; cert: string }): Promise<number> {
  return listen(
    createTlsServer(certificate, (request, response) => {
      void buffer(request).then((sent) => {
        const zipped = request.headers["content-encoding"] === "gzip";
        const items = (zipped ? gunzipSync(sent) : sent).toString().split('"baseType":').length - 1;
        const answer = { itemsReceived: items, itemsAccepted: items, errors: [] };
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer));
      });
    }),
  );
}
