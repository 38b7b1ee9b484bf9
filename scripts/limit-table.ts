import { limits } from "../src/guard/limits.ts";

/** Returns the table in docs/guard.md. A limit that is a name is one of a country's numbers. */
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
