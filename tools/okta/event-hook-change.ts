import type { EventChange } from "./changes.ts";
import { wrongSecret } from "./describe-plan.ts";
import { eventHookBody } from "./event-hook-body.ts";
import { OktaError, wordsOf } from "./okta-error.ts";
import type { HookChanging } from "./hook-changing.ts";
import { ourEventHook } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { waitOut } from "./waiting.ts";

export async function changeEventHook(
  change: EventChange,
  { wanted: { events }, phoneName }: Plan,
  { org, usage, timing }: HookChanging,
  eventSecret: string | undefined,
): Promise<void> {
  const call = (id: string, to: "activate" | "deactivate" | "verify") =>
    waitOut(() => org.eventHookLifecycle(id, to), timing).catch((error: unknown) => {
      const words = `Okta could not verify the URL. ${wordsOf(error)} ${wrongSecret(usage)}`;
      throw to === "verify" ? new Error(words) : error;
    });
  if (change.do !== "create-event-hook" && change.do !== "replace-event-hook") {
    const to = change.do.replace("-event-hook", "") as "activate" | "deactivate" | "verify";
    await call(change.hook.id, to);
    return;
  }
  if (events === undefined || eventSecret === undefined)
    throw new Error("The event secret is missing.");
  const before = "hook" in change ? change.hook : undefined;
  const body = eventHookBody(events, eventSecret, phoneName, before);
  // Okta's answer to a creation can be lost, so each attempt first looks for the hook.
  const put = async () =>
    before === undefined
      ? (ourEventHook(events, await org.eventHooks()) ?? org.createEventHook(body))
      : org.replaceEventHook(before.id, body);
  const made = await waitOut(put, timing).catch((error: unknown) => {
    const isFilter = events.filter && error instanceof OktaError && error.lacksFeature;
    throw isFilter ? new Error(`${error.message} ${filterWords}`) : error;
  });
  // After a change, Okta delivers no events until it has verified the URL again.
  await call(made.id, "verify");
  if (events.filter && !made.events.filter)
    throw new Error(`Okta saved the event hook without its filter. ${filterWords}`);
}

const filterWords =
  'Event hook filters are early access. Switch them on under Settings → Features, or set "filter": false in okta.json.';
