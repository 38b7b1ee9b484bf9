import { TableClient } from "@azure/data-tables";
import { ManagedIdentityCredential } from "@azure/identity";

// A process of its own that creates the table. In Azure, the template creates it.
const [url = ""] = process.argv.slice(2);
const credential = new ManagedIdentityCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
});
await new TableClient(url, "codes", credential).createTable();
