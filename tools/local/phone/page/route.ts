const views = ["phone", "traffic", "send", "faults", "pumping", "settings"] as const;

/**
 * The view on the screen, and the request or message that is chosen in the view. The address
 * contains both, so that you can link to them.
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
 * Shows the view at once, so that the caller can set the focus. `replace` adds no entry to the
 * browser's history, because a key held down would add many.
 */
export function go(hash: string, replace = false): void {
  if (location.hash === hash) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export const filterInAddress = (): string =>
  new URLSearchParams(location.search).get("filter") ?? "";

/** Puts the filter in the address, so that reloads and links keep it. */
export function keepFilter(words: string): void {
  const query = words === "" ? "" : `?${new URLSearchParams({ filter: words })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
}
