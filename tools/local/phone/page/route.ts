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
 * The view on the screen, and the chosen request. The page's address contains the view and the
 * request, so people can share a link.
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

/**
 * Changes the address without an entry in the browser's history, because an arrow key that is held
 * down would add many entries.
 */
export function replaceRoute(hash: string): void {
  history.replaceState(null, "", hash);
  route.value = readRoute();
}

/** The words of the filter, which the page's address keeps for a reload and in a link. */
export const filter = signal(new URLSearchParams(location.search).get("filter") ?? "");

filter.subscribe((words) => {
  const query = words.trim() === "" ? "" : `?${new URLSearchParams({ filter: words.trim() })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
});
