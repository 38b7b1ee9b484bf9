import { readFileSync } from "node:fs";

/** The template's alerts on logs. `essentialAlone`: only those that even a small company needs. */
export function expectedAlerts(essentialAlone: boolean): readonly string[] {
  const [, ...rules] = readFileSync("infra/alerts.bicep", "utf8").split(/\n {2}\{\n/);
  return rules
    .filter((rule) => !essentialAlone || rule.includes("essential: true"))
    .map((rule) => /name: '([a-z-]+)'/.exec(rule)?.[1] ?? "");
}
