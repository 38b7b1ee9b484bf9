import { withoutSecrets } from "./differences.ts";
import type { EventHook, InlineHook } from "./org.ts";
import type { WantedEvents, WantedState } from "./wanted-state.ts";

interface Hook {
  readonly name: string;
  readonly status: string;
  readonly channel: { readonly config: { readonly uri: string } };
}

/**
 * A hook is ours if it has the URL in okta.json, or if it has the name in okta.json and the app's
 * route. A hook with our name but another route belongs to another app, so no command rewrites it.
 */
function isOurs({ name, channel }: Hook, wanted: { name: string; url: string }, route: string) {
  const { uri } = channel.config;
  return uri === wanted.url || (name === wanted.name && uri.endsWith(route));
}

export function isOurHook({ hook }: WantedState, found: InlineHook): boolean {
  return isOurs(found, hook, "/api/okta/telephony");
}

/** Returns one of our hooks. Prefers the active hook, then the hook with the URL in okta.json. */
export function ourHook(wanted: WantedState, hooks: readonly InlineHook[]): InlineHook | undefined {
  return best(
    hooks.filter((hook) => isOurHook(wanted, hook)),
    wanted.hook.url,
  );
}

export function ourEventHook(
  events: WantedEvents,
  hooks: readonly EventHook[],
): EventHook | undefined {
  return best(
    hooks.filter((hook) => isOurs(hook, events, "/api/okta/events")),
    events.url,
  );
}

function best<One extends Hook>(ours: readonly One[], url: string): One | undefined {
  const active = ours.find(isActive);
  return active ?? ours.find(({ channel }) => channel.config.uri === url) ?? ours[0];
}

export function isActive({ status }: Pick<Hook, "status">): boolean {
  return status === "ACTIVE";
}

export function labelOf({ name, id, channel }: Omit<InlineHook, "status">): string {
  return `"${name}" (${id}, ${withoutSecrets(channel.config.uri)})`;
}

/** Returns a sentence about the org's active telephony hook. */
export function wordsOfActive(active: InlineHook | undefined): string {
  return active === undefined
    ? "No telephony hook is active."
    : `The active telephony hook is ${labelOf(active)}.`;
}
