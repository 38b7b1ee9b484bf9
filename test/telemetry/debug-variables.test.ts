import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret, apiKey, inAzure, startProcess } from "../app.ts";

let azure: FakeAzure;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.close());

/** Secrets read, a code sent, telemetry sent: all that the SDKs do. */
async function runWith(variables: Record<string, string>) {
  const app = await startProcess({ ...inAzure(azure), ...variables });
  try {
    await app.post(hookBody());
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length === 1);
    const health: unknown = await (await fetch(`${app.url}/api/health`)).json();
    return { health, output: () => app.output() };
  } finally {
    await app.stop();
  }
}

test("variables that make the SDKs print what they send are removed before one is loaded", async () => {
  const { health, output } = await runWith({ AZURE_LOG_LEVEL: "verbose", DEBUG: "*" });
  const secrets = [...azure.identity.tokens, azure.identity.header, hookSecret, apiKey];
  expect(azure.identity.tokens.length).toBeGreaterThanOrEqual(2);
  expect(secrets.filter((secret) => output().includes(secret))).toEqual([]);
  expect(health).toEqual({ status: "healthy" });
});

test("one that Node.js has read already is named in the log and by health, which stays healthy", async () => {
  const { health, output } = await runWith({ NODE_DEBUG: "none-that-exists" });
  expect(health).toEqual({ status: "healthy", debug: ["NODE_DEBUG"] });
  expect(output()).toContain("Warning: NODE_DEBUG is set");
});
