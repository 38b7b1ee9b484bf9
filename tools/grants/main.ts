import { resolve } from "node:path";
import { print, printError } from "../terminal.ts";
import { startBicep } from "../check-environment/bicep.ts";
import { readValues } from "../check-environment/files.ts";
import { destinationsOf, grantsOf } from "./grants.ts";
import { findUntrusted } from "./trusted-hosts.ts";

// Prints what an environment grants. With --untrusted, prints only the hosts and issuers that the
// variable TRUSTED_HOSTS does not list, separated by commas. URLs that the files do not have yet can
// follow.
// Usage: BICEP=… print-grants <folder> [--untrusted [URL or empty]…]
const [folder = "", option, ...urls] = process.argv.slice(2);
const bicep = startBicep(process.env["BICEP"] ?? "bicep", process.env);
try {
  const values = await readValues(resolve(folder), (method, given) => bicep.call(method, given));
  const more = urls.filter((url) => URL.canParse(url)).map((url) => ({ what: "the hook", url }));
  const destinations = [...destinationsOf(values), ...more];
  const found = () => findUntrusted(destinations, "", [], process.env)?.hosts.join(",") ?? "";
  print(option === "--untrusted" ? found() : grantsOf(values).join("\n"));
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  bicep.stop();
}
