import { join, resolve } from "node:path";
import * as z from "zod";
import { startBicep } from "../check-environment/bicep.ts";
import { print, printError } from "../terminal.ts";
import { readAzure } from "./azure-cli.ts";
import { judgeDiagnosticSettings } from "./diagnostic-settings.ts";
import { planOf } from "./plan.ts";
import { judgeSubscription } from "./subscription.ts";

// Asks Azure whether it would take an environment, and changes nothing. Problems go to standard
// error, and the exit code is 1. Standard output gets the value of the parameter diagnosticSettings:
// `unchanged` if Azure has the template's settings already, and otherwise `template`.
// Usage: BICEP=… preflight <folder> <resource group> <region> [subscription]
const [folder = "", group = "", region = "", scope] = process.argv.slice(2);
const bicep = startBicep(process.env["BICEP"] ?? "bicep", process.env);
try {
  const subscription = z.string().parse(await readAzure("account", "show", "--query", "id"));
  const file = join(resolve(folder), "main.bicepparam");
  const call: typeof bicep.call = (method, given) => bicep.call(method, given);
  const plan = await planOf(call, file, { group, subscription, region: region || undefined });
  const logs = await judgeDiagnosticSettings(plan, readAzure);
  const problems = [
    ...logs.problems,
    ...(scope === "subscription" ? await judgeSubscription(plan, group, readAzure) : []),
  ];
  for (const words of problems) printError(`problem   ${words}`);
  print(logs.isUnchanged ? "unchanged" : "template");
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  printError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  bicep.stop();
}
