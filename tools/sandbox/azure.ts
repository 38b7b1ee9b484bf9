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
  /** The environment that makes a process use the stand-ins in place of Azure. */
  env: Record<string, string>;
  vault: FakeKeyVault;
  identity: FakeIdentity;
  ingestion: FakeIngestion;
  /** `env` does not have the table's URL, because STATE_TABLE_URL switches the app's table on. */
  tables: FakeTableStorage;
  /** `env` does not have the manager's URL, because the app does not call Resource Manager. */
  manager: FakeResourceManager;
  proxy: FakeProxy;
  close(): Promise<void>;
}

export interface AzureOptions {
  /** Page size of Key Vault, by default 2, so that tests read several pages. Azure's is 25. */
  pageSize?: number;
  /** Starts another table service with TLS in place of the stand-in. Returns its port. */
  startTables?: (certificates: Certificates) => Promise<number>;
}

/**
 * The stand-ins that a process can start only once, because the SDKs in a process keep the first
 * identity, ingestion endpoint and proxy.
 */
export interface AzureGround {
  readonly certificates: Certificates;
  readonly identity: FakeIdentity;
  readonly ingestion: FakeIngestion;
  readonly proxy: FakeProxy;
  /** Ports of the stand-ins behind the proxy, by host. */
  readonly ports: Map<string, number>;
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

export const startAzureGround = async (): Promise<AzureGround> => {
  const certificates = await createCertificates();
  const directory = await mkdtemp(join(tmpdir(), "azure-stand-ins-"));
  const caFile = join(directory, "ca.pem");
  await writeFile(caFile, certificates.ca);
  const identity = await startIdentity();
  const ingestion = await startIngestion(certificates, identity);
  const ports = new Map([[new URL(ingestion.url).host, ingestion.port]]);
  const proxy = await startProxy((host) => ports.get(host));
  return {
    certificates,
    identity,
    ingestion,
    proxy,
    ports,
    env: {
      IDENTITY_ENDPOINT: identity.endpoint,
      IDENTITY_HEADER: identity.header,
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${randomUUID()};IngestionEndpoint=${ingestion.url}/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/`,
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1,localhost",
      NODE_EXTRA_CA_CERTS: caFile,
      // The telemetry SDK stores unsent events in this folder, and another run must not send them.
      TMPDIR: directory,
      // Without these variables, the telemetry SDK calls the metadata address of virtual machines.
      FUNCTIONS_WORKER_RUNTIME: "node",
      FUNCTIONS_EXTENSION_VERSION: "~4",
      WEBSITE_SITE_NAME: "okta-8x8-test",
      WEBSITE_INSTANCE_ID: "f0a1c4c9e8b24d7b",
      WEBSITE_RESOURCE_GROUP: "rg-test",
      WEBSITE_OWNER_NAME: "b3b1a7a0-2c1e-4d59-9d1e-0f6f1a7e2c11+rg-test-WestEuropewebspace",
      REGION_NAME: "West Europe",
      APPLICATION_INSIGHTS_NO_STATSBEAT: "true",
    },
    close: async () => {
      await Promise.all([identity, ingestion, proxy].map((standIn) => standIn.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
};

export const startAzure = async (options: AzureOptions = {}): Promise<FakeAzure> => {
  const ground = await startAzureGround();
  const azure = await startAzureOn(ground, options);
  return {
    ...azure,
    close: async () => {
      await azure.close();
      await ground.close();
    },
  };
};

/** `close` does not stop the AzureGround. */
export const startAzureOn = async (
  { certificates, identity, ingestion, proxy, ports, env }: AzureGround,
  { pageSize = 2, startTables }: AzureOptions = {},
): Promise<FakeAzure> => {
  const vault = await startKeyVault(certificates, identity, pageSize);
  const tables = await startTableStorage(certificates, identity);
  const manager = await startResourceManager(identity, ingestion);
  for (const { url, port } of [vault, tables]) ports.set(new URL(url).host, port);
  if (startTables) ports.set(new URL(tables.url).host, await startTables(certificates));
  return {
    env: { ...env, KEY_VAULT_URL: vault.url, AZURE_CLIENT_ID: identity.clientId },
    vault,
    identity,
    ingestion,
    tables,
    manager,
    proxy,
    close: async () => {
      await Promise.all([vault, tables, manager].map((standIn) => standIn.close()));
    },
  };
};
