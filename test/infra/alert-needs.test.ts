// docs/runbooks.md is generated from the list in alerts.bicep of what each query reads.
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

/** Words that appear only in queries that read from this source. */
const sources = {
  "okta-events": /okta-fallback|okta-hook-failed|"otp-outcome"|eventsOnTime/,
  receipts: /"otp-receipt"/,
  "country-limits": /guardDayPercent/,
  "second-hook": /"second-hook"/,
};

test.each(byName)(
  "alerts.bicep lists what $name reads besides the app's own events",
  ({ said, query }) => {
    const read = Object.entries(sources).flatMap(([name, words]) =>
      words.test(query) ? [name] : [],
    );
    expect(said === "" ? [] : [said]).toEqual(read);
  },
);

test("docs/runbooks.md lists each log alert once, with a link to its runbook", () => {
  const table = readProjectFile("docs/runbooks.md");
  for (const { name } of byName)
    expect(table.match(new RegExp(`^\\| \\[\`${name}\`\\]\\(#runbook-`, "gm"))).toHaveLength(1);
});
