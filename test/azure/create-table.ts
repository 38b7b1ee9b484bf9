import { TableClient } from "@azure/data-tables";
import { ManagedIdentityCredential } from "@azure/identity";

// Runs as a separate process and creates the table. In Azure, the template creates the table.
const [url = ""] = process.argv.slice(2);
const credential = new ManagedIdentityCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
});
await new TableClient(url, "codes", credential).createTable();
