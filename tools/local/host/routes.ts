import type { FunctionApp, RegisteredFunction } from "./core-api.ts";

export interface Route {
  readonly function: RegisteredFunction;
  readonly trigger: string;
  readonly path: string;
  readonly methods: ReadonlySet<string>;
}

/**
 * Returns the route of each HTTP function. Throws for a route with parameters, which this host does
 * not support.
 */
export function routesOf(app: FunctionApp, prefix: string): Route[] {
  return [...app.functions.values()].map((registered) => {
    const { name, bindings } = registered.metadata;
    const binding = Object.entries(bindings).find(([, { type }]) => type === "httpTrigger");
    if (binding === undefined)
      throw new Error(
        `Function "${name}" has no HTTP trigger. This host supports no other trigger.`,
      );
    const [trigger, { route = name, methods = ["GET", "POST"] }] = binding;
    if (route.includes("{"))
      throw new Error(`Route "${route}" has parameters. This host does not support them.`);
    return {
      function: registered,
      trigger,
      path: normalizePath(["", prefix, route].join("/").replaceAll(/\/+/g, "/")),
      methods: new Set(methods.map((method) => method.toUpperCase())),
    };
  });
}

/** Makes paths comparable as in the Functions host, which ignores case and a slash at the end. */
export function normalizePath(path: string): string {
  return (path.endsWith("/") ? path.slice(0, -1) : path).toLowerCase();
}
