import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { print, printError } from "../../terminal.ts";
import { answerHelp } from "../../usage.ts";
import { refuseUnknownNames } from "../../environment-names.ts";
import { describeSuggestion } from "./describe.ts";
import { readExport } from "./exported-codes.ts";
import { suggest } from "./suggest.ts";
import { judgeAgain } from "./judge-again.ts";

const help = `npm run guard:suggest -- --events FILE

Prints numbers for GUARD_COUNTRY_LIMITS and GUARD_KNOWN_RANGES from the codes of two to four weeks,
from where they come, and which of these codes the guard would have refused with them. It sends
nothing, and asks nobody.

  --events FILE  what az prints for infra/queries/export/guard-events.kql; docs/guard.md has the
                 command
  --help         this text

Set PHONE_POLICY_ALLOWED_COUNTRIES and GUARD_… as your app has them; GUARD_COUNTRY_LIMITS takes the
place of the suggested numbers. Of GUARD_EXEMPT_RANGES whole numbers are not seen, since the file
holds ranges of 10,000.

Exit code: 0; 64 wrong usage, a file that is not such an export, or a wrong setting.`;

try {
  answerHelp(help);
  const { values } = parseArgs({ options: { events: { type: "string" } } });
  if (values.events === undefined) throw new Error("--events FILE is missing.");
  refuseUnknownNames(process.env);
  const codes = readExport(await readFile(values.events, "utf8"));
  const suggestion = suggest(codes);
  print(describeSuggestion(codes, suggestion, judgeAgain(codes, suggestion, process.env)));
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : "It failed."}\nnpm run guard:suggest -- --help says more.`,
  );
  process.exitCode = 64;
}
