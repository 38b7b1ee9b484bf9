import { isRecord } from "../../sandbox/8x8/api.ts";

export function part(value: unknown, name: string): Record<string, unknown> {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
