/**
 * Undefined where it is not JSON. The parser's own error quotes its input, so it goes no further. A byte-order mark is ignored:
 * https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/** Removes the fields at these paths, so that odd values are read as absent. */
export function removePaths(json: unknown, paths: readonly (readonly string[])[]): void {
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce((value, name) => (value as Record<string, unknown>)[name], json);
    Reflect.deleteProperty(parent as object, path.at(-1) ?? "");
  }
}

/** `data.context`, or `body` for the whole. */
export function pathToText(path: readonly string[]): string {
  return path.join(".") || "body";
}
