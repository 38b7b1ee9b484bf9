import { isRecord } from "../../sandbox/8x8/api.ts";

/**
 * What a stranger's JSON has under a name, read without trust: an object, empty where there is
 * none.
 */
export function part(value: unknown, name: string): Record<string, unknown> {
  const found = isRecord(value) ? value[name] : undefined;
  return isRecord(found) ? found : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
