import { print as printOut } from "../../terminal.ts";

export type LogLevel =
  "trace" | "debug" | "information" | "warning" | "error" | "critical" | "none";
export type LogCategory = "user" | "system" | "customMetric";

const levels: readonly LogLevel[] = [
  "trace",
  "debug",
  "information",
  "warning",
  "error",
  "critical",
  "none",
];

export interface LogLine {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
}

/**
 * @param logLevel From host.json. The host drops lines below this level, so a debug line costs
 * nothing in production either.
 */
export function createLog(
  logLevel: Record<string, string> = {},
  print = printOut,
): (line: LogLine) => void {
  const name = (logLevel["Function"] ?? logLevel["default"] ?? "information").toLowerCase();
  const minimum = levels.findIndex((level) => level === name);
  return ({ level, category, message }) => {
    if (levels.indexOf(level) < minimum) return;
    print(`${level} ${category}: ${message.replaceAll("\n", "\\n")}`);
  };
}
