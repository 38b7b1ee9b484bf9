import { reasons, type ReasonRow } from "../src/rules/reasons.ts";
import { advice } from "../tools/advice.ts";

const titles: Readonly<Record<ReasonRow["outcome"], string>> = {
  rejected: "the provider said no",
  refused: "we said no",
  unconfirmed: "the provider may have sent it",
  unavailable: "no provider decided",
  malformed: "no hook that we can read",
  unauthenticated: "not Okta, or a wrong secret",
};

export function reasonTable(): string {
  const rows = Object.entries<ReasonRow>(reasons);
  return Object.entries(titles)
    .map(([outcome, title]) => {
      const names = rows.filter(([, row]) => row.outcome === outcome).map(([name]) => name);
      const items = names.map((name) => `- \`${name}\`: ${advice[name as keyof typeof reasons]}`);
      return `### \`${outcome}\`: ${title}\n\n${items.join("\n")}`;
    })
    .join("\n\n");
}
