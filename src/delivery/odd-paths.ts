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
