// docs/alerts.md must list the sources that an alert's query reads besides our own events.
import { readProjectFile } from "./snapshot.ts";

const rules = readProjectFile("infra/alerts.bicep")
  .split(/\n {2}\{\n/)
  .slice(1);
const valueOf = (rule: string, pattern: RegExp) => pattern.exec(rule)?.[1] ?? "";
const byName = rules.map((rule) => {
  const file = valueOf(rule, /loadTextContent\('(.*)'\)/);
  return {
    name: valueOf(rule, /name: '([\w-]+)'/),
    said: valueOf(rule, /(?:needs|gains): '([\w-]+)'/),
    query: readProjectFile(`infra/${file}`).replaceAll(/^\/\/.*$/gm, ""),
  };
});

/** Words in a query that appear only in what others report. */
const sources = {
  "okta-events": /okta-fallback|okta-hook-failed|"otp-outcome"|eventsOnTime/,
  receipts: /"otp-receipt"/,
  "country-limits": /guardDayPercent/,
};

test.each(byName)(
  "$name lists the sources that it needs besides our own events",
  ({ said, query }) => {
    const read = Object.entries(sources).flatMap(([name, words]) =>
      words.test(query) ? [name] : [],
    );
    expect(said === "" ? [] : [said]).toEqual(read);
  },
);

test("the table has each alert once, with its runbook", () => {
  const table = readProjectFile("docs/alerts.md");
  for (const { name } of byName)
    expect(
      table.match(new RegExp(`^\\| \\[\`${name}\`\\]\\(runbooks(-abuse)?\\.md#runbook-`, "gm")),
    ).toHaveLength(1);
});
