import { limits } from "../src/guard/limits.ts";

export function limitTable(): string {
  return [
    "| reason | counted | by | limit for a day | few |",
    "| --- | --- | --- | --- | --- |",
    ...limits.map(
      ({ reason, counted, by, limit, few = "" }) =>
        `| \`${reason}\` | ${counted} | ${by} | ${typeof limit === "number" ? String(limit) : `\`${limit}\``} | ${few} |`,
    ),
  ].join("\n");
}
