/** A value as a reviewer would write it: ids from their resource group on, and what only Azure knows as [module.output]. */
export function readable(value: unknown): unknown {
  const json = JSON.stringify(value)
    .replaceAll(/\/subscriptions\/[0-]{36}\/resourceGroups\//g, "")
    .replaceAll(
      /reference\(resourceId\([^()]*'Microsoft\.Resources\/deployments', format\('(\w+)-.*?'2025-04-01'\)\.outputs\.(\w+)\.value/g,
      "$1.$2",
    );
  return JSON.parse(json);
}
