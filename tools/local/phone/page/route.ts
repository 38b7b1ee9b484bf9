import { signal } from "@preact/signals";

const views = ["phone", "traffic", "send", "faults", "settings"] as const;

/**
 * The view on the screen, and the request or message that is chosen in the view. The address
 * contains both, so that you can link to them.
 */
interface Route {
  readonly view: (typeof views)[number];
  readonly hook?: number;
  readonly message?: number;
}

export const route = signal(readRoute());
addEventListener("hashchange", () => {
  route.value = readRoute();
});

function readRoute(): Route {
  const [, name, n] = /^#(\w+)(?:=(\d+))?$/.exec(location.hash) ?? [];
  if (name === "m" && n !== undefined) return { view: "phone", message: Number(n) };
  if (name === "hook" && n !== undefined) return { view: "traffic", hook: Number(n) };
  return { view: views.find((view) => view === name) ?? "traffic" };
}

/** `replace` adds no entry to the browser's history, because a key held down would add many. */
export function go(hash: string, replace = false): void {
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  route.value = readRoute();
}

/** The words of the filter. The address keeps them, so that reloads and links do too. */
export const filter = signal(new URLSearchParams(location.search).get("filter") ?? "");

filter.subscribe((words) => {
  const query = words.trim() === "" ? "" : `?${new URLSearchParams({ filter: words.trim() })}`;
  history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
});
