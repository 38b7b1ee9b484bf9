const views = ["phone", "traffic", "send", "faults", "pumping", "settings"] as const;

/**
 * What is on the screen: one of the parts, and in it perhaps one request or one message. It is in
 * the address, so that it can be linked to.
 */
export interface Route {
  readonly view: (typeof views)[number];
  readonly hook?: number;
  readonly message?: number;
}

export function currentRoute(): Route {
  const [, name, n] = /^#(\w+)(?:=(\d+))?$/.exec(location.hash) ?? [];
  if (name === "m" && n !== undefined) return { view: "phone", message: Number(n) };
  if (name === "hook" && n !== undefined) return { view: "traffic", hook: Number(n) };
  return { view: views.find((view) => view === name) ?? "traffic" };
}

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

export const filterInAddress = (): string =>
  new URLSearchParams(location.search).get("filter") ?? "";

/** A reload, and a link to what is found, have the filter too. */
export function keepFilter(words: string): void {
  const query = words === "" ? "" : `?${new URLSearchParams({ filter: words })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
}
