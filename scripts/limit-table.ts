import { limits } from "../src/guard/limits.ts";

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
