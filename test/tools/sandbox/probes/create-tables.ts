import { TableClient } from "@azure/data-tables";
import { ManagedIdentityCredential } from "@azure/identity";

// Run as a process of its own: creates the table, which in Azure comes with the infrastructure.
const [url = ""] = process.argv.slice(2);
const credential = new ManagedIdentityCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
});
await new TableClient(url, "codes", credential).createTable();
