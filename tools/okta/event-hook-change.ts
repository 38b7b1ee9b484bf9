import type { EventChange } from "./changes.ts";
import { eventHookBody } from "./event-hook-body.ts";
import { OktaError } from "./okta-error.ts";
import type { Org } from "./org.ts";
import type { Plan } from "./plan.ts";

export async function changeEventHook(
  change: EventChange,
  { wanted: { events }, phoneName }: Plan,
  org: Org,
  eventSecret: string | undefined,
): Promise<void> {
  if (change.do !== "create-event-hook" && change.do !== "replace-event-hook") {
    const to = change.do.replace("-event-hook", "") as "activate" | "deactivate" | "verify";
    await org.eventHookLifecycle(change.hook.id, to);
    return;
  }
  if (events === undefined || eventSecret === undefined)
    throw new Error("The event secret is missing.");
  const before = "hook" in change ? change.hook : undefined;
  const body = eventHookBody(events, eventSecret, phoneName, before);
  const put =
    before === undefined ? org.createEventHook(body) : org.replaceEventHook(before.id, body);
  const made = await put.catch((error: unknown) => {
    // Okta does not document which status it returns if the org has no event hook filters.
    const isRefused = error instanceof OktaError && error.refused;
    throw isRefused && events.filter ? new Error(`${error.message} ${filterWords}`) : error;
  });
  // After a change, Okta delivers no events until it has verified the URL again.
  await org.eventHookLifecycle(made.id, "verify");
  if (events.filter && !made.events.filter)
    throw new Error(`Okta saved the event hook without its filter. ${filterWords}`);
}

const filterWords =
  'Event hook filters are early access. Switch them on under Settings → Features, or set "filter": false in okta.json.';
