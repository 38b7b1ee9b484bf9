import type { ZodType } from "zod";

/** Returns undefined if the text is not JSON. The parser's error could quote the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/**
 * An unexpected value counts as absent unless its path is in `required`, because a field that only
 * telemetry uses must not stop a code. No result contains a rejected value. The whole body has the
 * path `body`.
 */
export function parseLeniently<T>(
  schema: ZodType<T>,
  json: unknown,
  required: ReadonlySet<string>,
) {
  const { data, error } = schema.safeParse(json);
  const paths = (error?.issues ?? []).map(({ path }) => path.map(String));
  const oddPaths = paths.map((path) => path.join(".") || "body");
  const invalidPaths = oddPaths.filter((path) => required.has(path));
  if (invalidPaths.length > 0) return { ok: false, invalidPaths } as const;
  for (const path of paths) {
    const parent = path
      .slice(0, -1)
      .reduce((value, name) => (value as Record<string, unknown>)[name], json);
    Reflect.deleteProperty(parent as object, path.at(-1) ?? "");
  }
  return { ok: true, value: data ?? schema.parse(json), oddPaths } as const;
}
