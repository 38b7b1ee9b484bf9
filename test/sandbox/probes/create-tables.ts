import { TableClient } from "@azure/data-tables";
import { ManagedIdentityCredential } from "@azure/identity";

// Run as a process of its own: creates the two tables, which in Azure come with the infrastructure.
const [url = ""] = process.argv.slice(2);
const credential = new ManagedIdentityCredential({ clientId: process.env["AZURE_CLIENT_ID"] ?? "" });
for (const name of ["codes", "guard"]) await new TableClient(url, name, credential).createTable();
