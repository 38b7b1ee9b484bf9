import { limits } from "../src/guard/limits.ts";

/**
 * Returns the table in docs/guard.md. A limit is a number, or the name of a number that an operator
 * sets for each country.
 */
export function limitTable(): string {
  return [
    "| reason | counted | by | limit for a day |",
    "| --- | --- | --- | --- |",
    ...limits.map(
      ({ reason, counted, by, limit }) =>
        `| \`${reason}\` | ${counted} | ${by} | ${typeof limit === "number" ? String(limit) : `\`${limit}\``} |`,
    ),
  ].join("\n");
}
