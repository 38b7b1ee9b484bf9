/**
 * What is on the screen: one of the parts, one hook, or one message. It stands in the address, so
 * that it can be linked to.
 */
export type Route =
  | { readonly view: "phone"; readonly message?: number }
  | { readonly view: "traffic"; readonly hook?: number }
  | { readonly view: "send" | "faults" | "settings" };

function routeOf(hash: string): Route {
  const [, name, n] = /^#(\w+)(?:=(\d+))?$/.exec(hash) ?? [];
  if (name === "m" && n !== undefined) return { view: "phone", message: Number(n) };
  if (name === "hook" && n !== undefined) return { view: "traffic", hook: Number(n) };
  if (name === "phone" || name === "send" || name === "faults" || name === "settings")
    return { view: name };
  return { view: "traffic" };
}

export const currentRoute = (): Route => routeOf(location.hash);

/**
 * Shows it at once, so that it can get the focus. `replace`: without an entry in the browser's
 * history, as for a key held down.
 */
export function go(hash: string, replace = false): void {
  if (location.hash === hash) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  dispatchEvent(new HashChangeEvent("hashchange"));
}
