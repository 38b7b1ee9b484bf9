import { anchorsOf } from "../documents/markdown.ts";
import { alerts, name, severity } from "./alerts.ts";
import { all, main, type Resource, text, withAlerts } from "./snapshot.ts";

/** Its document, and its anchor there. */
function runbookOf(alert: Resource): string {
  return text(alert, "properties.description").split("/").at(-1) ?? "";
}

describe.each(withAlerts)("alerts (%s)", (environment) => {
  const found = alerts(main[environment]);

  it("are none twice", () => {
    expect(found.map(name)).toEqual([...new Set(found.map(name))]);
  });

  it.each(found.map((alert) => [name(alert), alert] as const))(
    "%s says how bad it is and what to do first",
    (_, alert) => {
      expect([1, 2, 3]).toContain(severity(alert));
      const [first = "", runbook] = text(alert, "properties.description").split(" Runbook: ");
      expect(first.length).toBeGreaterThan(40);
      expect(runbook).toMatch(/^https:\/\/.*\/docs\/runbooks(-abuse)?\.md#runbook-[a-z-]+$/);
    },
  );
});

it("every alert has its runbook in its document, and every runbook its alerts", () => {
  const runbooks = ["runbooks.md", "runbooks-abuse.md"].flatMap((file) =>
    anchorsOf(`docs/${file}`)
      .filter((anchor) => anchor.startsWith("runbook-"))
      .map((anchor) => `${file}#${anchor}`),
  );
  const linked = withAlerts.flatMap((it) => alerts(main[it])).map(runbookOf);
  // Service health is compiled in variants.test.ts.
  expect([...new Set([...linked, "runbooks.md#runbook-service-health"])].sort()).toEqual(runbooks.sort());
});

it("in development there is no alert, nobody to notify, and nothing is probed", () => {
  const types = ["actionGroups", "webtests"].flatMap((type) => all(main.dev, `Microsoft.Insights/${type}`));
  expect([...alerts(main.dev), ...types]).toEqual([]);
});
