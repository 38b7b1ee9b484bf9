/** Make the Azure SDKs print bearer tokens; read when an SDK is loaded, so that removing them before is enough. */
const readLater = ["AZURE_LOG_LEVEL", "DEBUG"];
/** Makes Node.js print headers, the identity's among them; read before any of our code, so that it can only be reported. */
const readAlready = ["NODE_DEBUG"];

export interface DebugVariables {
  readonly removable: readonly string[];
  readonly remaining: readonly string[];
}

/** The variables that are set and make somebody else's code print secrets. On a laptop they are the developer's choice. */
export function findDebugVariables(
  env: Readonly<Record<string, string | undefined>>,
  onLaptop: boolean,
): DebugVariables {
  const set = (names: readonly string[]) => names.filter((name) => !onLaptop && env[name]);
  return { removable: set(readLater), remaining: set(readAlready) };
}
