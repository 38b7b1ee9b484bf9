import { local } from "../okta/wanted-state.ts";
import { optionOf, type Check, type Result } from "./check.ts";
import { checks } from "./checks.ts";

type Results = readonly Result[];

export const lineOf = ({ id, result, seen, cause }: Result): string =>
  `${(result === "differs" ? "DIFFERS" : result).padEnd(9)}  ${id}: ${seen}${cause === undefined ? "" : ` Likely cause: ${cause}`}`;

const count = (results: Results, what: Result["result"]) =>
  results.filter(({ result }) => result === what).length;

/** 0 if every check holds or is not here, 1 if one differs, 2 if one is not shown. */
export function exitCodeOf(results: Results): number {
  if (count(results, "differs") > 0) return 1;
  return count(results, "not shown") > 0 ? 2 : 0;
}

const answers = { holds: "yes", differs: "no", "not shown": "not shown", "not here": "not tried" };

/** Says what Okta does with codes. If the check okta differs, Okta does not use the app. */
export function summaryOf(results: Results): string {
  const find = (id: string) => results.find((one) => one.id === id);
  const okta = find("okta");
  const isUnused = okta?.result === "differs" && okta.isWarning !== true;
  const [sms, call] = ["sms", "call"].map((id) => {
    const { result = "not shown", seen, isWarning } = find(id) ?? {};
    if (isUnused) return "no";
    return isWarning === true ? `yes, but: ${seen}` : answers[result];
  });
  return `- Okta sends codes by SMS: ${sms}
- Okta sends codes by call: ${call}

${count(results, "holds")} hold, ${count(results, "differs")} differ, ${count(results, "not shown")} are not shown, ${count(results, "not here")} are not here.`;
}

/** The report has no secret, number, code or id. */
export const reportOf = (environment: string, results: Results): string =>
  `# The first live hour of ${environment}, ${new Date().toISOString().slice(0, 16)} UTC

${summaryOf(results)}${environment === local ? " This run used stand-ins. It shows nothing about your accounts." : ""}

${results.map((one) => `- ${lineOf(one)}`).join("\n")}

## The checks

${list()}`;

const describe = ({ id, says, breaks, page, needs }: Check<never>): string =>
  `- ${id}: ${says}${needs === undefined ? "" : ` Needs ${optionOf[needs]}.`}\n  If false: ${breaks}\n  ${page}\n`;

export const list = (): string => checks.map(describe).join("\n");
