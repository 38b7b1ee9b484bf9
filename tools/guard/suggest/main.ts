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

Suggests GUARD_COUNTRY_LIMITS and GUARD_KNOWN_RANGES from the codes of two to four weeks. It also
prints which of these codes the guard would have refused, and the cost of a day in each country. It
sends no message.

  --events FILE  the output of az for infra/queries/export/guard-events.kql; docs/guard.md has the
                 command
  --help         print this text

Set PHONE_POLICY_ALLOWED_COUNTRIES, EIGHT_BY_EIGHT_SMS_… and GUARD_… as in your app. If
GUARD_COUNTRY_LIMITS or GUARD_KNOWN_RANGES is set, refusals are computed with it instead of the
suggestion. With EIGHT_BY_EIGHT_API_KEY and EIGHT_BY_EIGHT_ACCOUNT the prices come from 8x8,
otherwise from the last receipts. Whole numbers in GUARD_EXEMPT_RANGES have no effect, because the
file has only ranges of 10,000 numbers.

Exit code: 0; 64 wrong usage, a wrong file, an invalid setting, or no prices from 8x8.`;

try {
  answerHelp(help);
  const { values } = parseArgs({ options: { events: { type: "string" } } });
  if (values.events === undefined) throw new Error("--events is missing. Add --events FILE.");
  refuseUnknownNames(process.env);
  const exported = await readFile(values.events, "utf8");
  const codes = readExport(exported);
  const suggestion = suggest(codes);
  print(describeSuggestion(codes, suggestion, judgeAgain(codes, suggestion, process.env)));
  const question = priceQuestionIn(process.env);
  if (question) printError(`Reading 8x8's prices from ${question.url.origin} with your API key.`);
  const prices = question ? await askForPrices(question) : readPrices(exported);
  const from = question ? "8x8" : "the last receipts";
  print(`\n${describeMoney(suggestion, prices, from, process.env)}`);
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : "The command failed for an unknown reason."}\nRun npm run guard:suggest -- --help for the options.`,
  );
  process.exitCode = 64;
}
