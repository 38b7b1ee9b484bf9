import { TableClient } from "@azure/data-tables";
import { ManagedIdentityCredential } from "@azure/identity";

// A test starts this file as a process, to create the table as the Bicep template does in Azure.
const [url = ""] = process.argv.slice(2);
const credential = new ManagedIdentityCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
});
await new TableClient(url, "codes", credential).createTable();
