import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { print, printError } from "../../terminal.ts";
import { answerHelp } from "../../usage.ts";
import { refuseUnknownNames } from "../../environment-names.ts";
import { describeSuggestion } from "./describe.ts";
import { readExport, readPrices } from "./exported-codes.ts";
import { describeMoney } from "./money.ts";
import { askForPrices, priceQuestionIn } from "./prices.ts";
import { suggest } from "./suggest.ts";
import { judgeAgain } from "./judge-again.ts";

const help = `npm run guard:suggest -- --events FILE

Prints numbers for GUARD_COUNTRY_LIMITS and GUARD_KNOWN_RANGES from the codes of two to four weeks,
from where they come, and which of these codes the guard would have refused with them. Prints also
what a day costs in each country. It sends no message.

  --events FILE  what az prints for infra/queries/export/guard-events.kql; docs/guard.md has the
                 command
  --help         this text

Set PHONE_POLICY_ALLOWED_COUNTRIES, EIGHT_BY_EIGHT_SMS_… and GUARD_… as your app has them;
GUARD_COUNTRY_LIMITS takes the place of the suggested numbers. With EIGHT_BY_EIGHT_API_KEY and
EIGHT_BY_EIGHT_ACCOUNT it asks 8x8 for the prices. Otherwise it takes them from the last receipts.
Of GUARD_EXEMPT_RANGES whole numbers are not seen, since the file holds ranges of 10,000.

Exit code: 0; 64 wrong usage, a file that is not such an export, a wrong setting, or no prices
from 8x8.`;

try {
  answerHelp(help);
  const { values } = parseArgs({ options: { events: { type: "string" } } });
  if (values.events === undefined) throw new Error("--events FILE is missing.");
  refuseUnknownNames(process.env);
  const exported = await readFile(values.events, "utf8");
  const codes = readExport(exported);
  const suggestion = suggest(codes);
  print(describeSuggestion(codes, suggestion, judgeAgain(codes, suggestion, process.env)));
  const question = priceQuestionIn(process.env);
  if (question) printError(`8x8's prices are read from ${question.url.origin}, with the API key.`);
  const prices = question ? await askForPrices(question) : readPrices(exported);
  const from = question ? "8x8" : "the last receipts";
  print(`\n${describeMoney(suggestion, prices, from, process.env)}`);
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : "It failed."}\nnpm run guard:suggest -- --help says more.`,
  );
  process.exitCode = 64;
}
