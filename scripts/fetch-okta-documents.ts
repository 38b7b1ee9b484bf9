import { fetchDocuments } from "./okta-documents.ts";
import { print, printError } from "../tools/terminal.ts";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/fetch-okta-documents.ts

Loads Okta's management API and event types from where Okta publishes them, each at one commit and with a checksum, into
.cache/okta-documents/. Prints the two variables by which the tests find them. Exit code 0: both are there; 1: one is not.`);

try {
  for (const line of await fetchDocuments(".cache/okta-documents")) print(line);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
