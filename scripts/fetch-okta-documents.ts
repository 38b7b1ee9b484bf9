import { fetchDocuments } from "./okta-documents.ts";
import { print, printError } from "../tools/terminal.ts";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`node scripts/fetch-okta-documents.ts

Downloads Okta's management API and event types, each at a pinned commit and checksum, into .cache/okta-documents/.
Prints the two variables with the documents' paths, for the tests. Exit code 0: both were downloaded; 1: one was not.`);

try {
  for (const line of await fetchDocuments(".cache/okta-documents")) print(line);
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
