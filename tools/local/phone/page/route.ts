import { signal } from "@preact/signals";

export const views = {
  phone: "Phone",
  traffic: "Traffic",
  send: "Send",
  faults: "Faults",
  settings: "Settings",
} as const;
type View = keyof typeof views;

/** The page's address contains the route, so people can share a link. */
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

/** Adds no entry to the browser's history, because a held arrow key would add many entries. */
export function replaceRoute(hash: string): void {
  history.replaceState(null, "", hash);
  route.value = readRoute();
}

/** Words of the filter. They are in the page's address, so they survive a reload. */
export const filter = signal(new URLSearchParams(location.search).get("filter") ?? "");

filter.subscribe((words) => {
  const query = words.trim() === "" ? "" : `?${new URLSearchParams({ filter: words.trim() })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
});
