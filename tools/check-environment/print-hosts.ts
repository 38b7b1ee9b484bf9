import { existsSync, readFileSync } from "node:fs";
import { holdsExamples, parseWantedState } from "../okta/wanted-state.ts";
import { print } from "../terminal.ts";
import { destinationsInOkta, findUntrusted } from "./trusted-hosts.ts";

// Prints the hosts that the variable TRUSTED_HOSTS does not list, separated by commas.
// Usage: node scripts/run.js tools/check-environment/print-hosts.ts <okta.json> <URL or empty>…
const [file = "", ...urls] = process.argv.slice(2);
const state = existsSync(file) ? parseWantedState(readFileSync(file, "utf8"), file) : undefined;
const destinations = [
  ...(state === undefined || holdsExamples(state) ? [] : destinationsInOkta(state)),
  ...urls.filter((url) => URL.canParse(url)).map((url) => ({ what: "a setting", url })),
];
print(findUntrusted(destinations, "", [], process.env)?.hosts.join(",") ?? "");
