import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificates, type Certificates } from "./azure/certificates.ts";
import { startIdentity, type FakeIdentity } from "./azure/identity.ts";
import { startIngestion, type FakeIngestion } from "./azure/ingestion.ts";
import { startKeyVault, type FakeKeyVault } from "./azure/key-vault.ts";
import { startProxy, type FakeProxy } from "./azure/proxy.ts";
import { startResourceManager, type FakeResourceManager } from "./azure/resource-manager.ts";
import { startTableStorage, type FakeTableStorage } from "./azure/table-storage.ts";

export interface FakeAzure {
  /** All that a process needs to use the stand-ins in place of Azure, without a switch in its code. */
  env: Record<string, string>;
  vault: FakeKeyVault;
  identity: FakeIdentity;
  ingestion: FakeIngestion;
  /** Not in `env`: STATE_TABLE_URL switches its use on. */
  tables: FakeTableStorage;
  /** Not in `env` either: people ask it, and not the app. */
  manager: FakeResourceManager;
  proxy: FakeProxy;
  close(): Promise<void>;
}

export interface AzureOptions {
  /** Key Vault's is 25; made small, so that there are pages. */
  pageSize?: number;
  /** Starts another table service with TLS, to be found under the name of the stand-in's; gives its port. */
  startTables?: (certificates: Certificates) => Promise<number>;
}

/** Managed identity, Key Vault, Application Insights, Table Storage and Resource Manager on loopback. */
export const startAzure = async ({ pageSize = 2, startTables }: AzureOptions = {}): Promise<FakeAzure> => {
  const certificates = await createCertificates();
  const directory = await mkdtemp(join(tmpdir(), "azure-stand-ins-"));
  const caFile = join(directory, "ca.pem");
  await writeFile(caFile, certificates.ca);
  const identity = await startIdentity();
  const vault = await startKeyVault(certificates, identity, pageSize);
  const ingestion = await startIngestion(certificates, identity);
  const tables = await startTableStorage(certificates, identity);
  const manager = await startResourceManager(identity, ingestion);
  const ports = new Map([vault, ingestion, tables].map(({ url, port }) => [new URL(url).host, port]));
  if (startTables) ports.set(new URL(tables.url).host, await startTables(certificates));
  const proxy = await startProxy((host) => ports.get(host));

  return {
    env: {
      KEY_VAULT_URL: vault.url,
      AZURE_CLIENT_ID: identity.clientId,
      IDENTITY_ENDPOINT: identity.endpoint,
      IDENTITY_HEADER: identity.header,
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${randomUUID()};IngestionEndpoint=${ingestion.url}/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/`,
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1,localhost",
      NODE_EXTRA_CA_CERTS: caFile,
      // Where the telemetry SDK keeps what it could not send: another run must not find and send it.
      TMPDIR: directory,
      // The telemetry SDK asks a virtual machine's metadata address who it is, unless it knows that it is a Function.
      FUNCTIONS_WORKER_RUNTIME: "node",
      FUNCTIONS_EXTENSION_VERSION: "~4",
      WEBSITE_SITE_NAME: "okta-8x8-test",
      WEBSITE_INSTANCE_ID: "f0a1c4c9e8b24d7b",
      WEBSITE_RESOURCE_GROUP: "rg-test",
      WEBSITE_OWNER_NAME: "b3b1a7a0-2c1e-4d59-9d1e-0f6f1a7e2c11+rg-test-WestEuropewebspace",
      REGION_NAME: "West Europe",
      APPLICATION_INSIGHTS_NO_STATSBEAT: "true",
    },
    vault,
    identity,
    ingestion,
    tables,
    manager,
    proxy,
    close: async () => {
      await Promise.all([identity, vault, ingestion, tables, manager, proxy].map((standIn) => standIn.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
};
