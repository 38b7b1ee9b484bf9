import { signal } from "@preact/signals";

/** The views and their names in the navigation. */
export const views = {
  phone: "Phone",
  traffic: "Traffic",
  send: "Send",
  faults: "Faults",
  settings: "Settings",
} as const;
type View = keyof typeof views;

/**
 * The view on the screen, and the request that is chosen. The address contains both, so that you can
 * link to them.
 */
interface Route {
  readonly view: View;
  readonly hook?: number;
}

export const route = signal(readRoute());
addEventListener("hashchange", () => {
  route.value = readRoute();
});

function readRoute(): Route {
  const [, name = "", n] = /^#(\w+)(?:=(\d+))?$/.exec(location.hash) ?? [];
  if (name === "hook" && n !== undefined) return { view: "traffic", hook: Number(n) };
  return { view: name in views ? (name as View) : "traffic" };
}

/** Adds no entry to the browser's history, because a key held down would add many. */
export function replaceRoute(hash: string): void {
  history.replaceState(null, "", hash);
  route.value = readRoute();
}

/** The words of the filter. The address keeps them, so that reloads and links do too. */
export const filter = signal(new URLSearchParams(location.search).get("filter") ?? "");

filter.subscribe((words) => {
  const query = words.trim() === "" ? "" : `?${new URLSearchParams({ filter: words.trim() })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
});
