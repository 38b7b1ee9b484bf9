import { OktaError } from "./okta-error.ts";
import { eventHookBody, inlineHookBody } from "./hook-body.ts";
import { telephony, type InlineHook, type Org } from "./org.ts";
import { wordsFor } from "./plan-words.ts";
import type { Change } from "./changes.ts";
import type { Found, Plan } from "./plan.ts";
import type { Secrets } from "./secrets.ts";
import type { WantedState } from "./wanted-state.ts";

/** Does what the plan says, in its order. Throws at the first error, with the hook active that was active before. */
export async function apply(
  org: Org,
  wanted: WantedState,
  { changes }: Plan,
  found: Found,
  secrets: Secrets,
  say: (line: string) => void,
): Promise<void> {
  let phoneId = found.phone?.id;
  const body = (hook?: InlineHook) => inlineHookBody(wanted.hook, secrets.hook, hook?.channel.config.headers);
  const hookOf = (id: string) => found.hooks.find((hook) => hook.id === id);
  const create = () => org.createHook({ ...body(), type: telephony });

  async function perform(change: Change): Promise<unknown> {
    switch (change.do) {
      case "create-hook":
        return create();
      case "replace-hook":
        return change.active ? replaceActive(change.id) : replaceInactive(change.id);
      case "activate-hook":
        return org.setHookStatus(change.id, "activate");
      case "take-over":
        return change.ours === undefined ? replaceActive(change.id) : changePlaces(change.id, change.ours);
      case "create-phone":
        phoneId = await org.createPhone({ allowedFor: wanted.phone.allowedFor });
        return org.activatePhone(phoneId);
      case "replace-phone":
        return org.replacePhone(change.id, { allowedFor: wanted.phone.allowedFor });
      case "activate-phone":
        return org.activatePhone(change.id);
      case "set-method":
        return org.setMethodStatus(phoneId ?? "", change.type, change.active ? "activate" : "deactivate");
      case "create-event-hook":
      case "replace-event-hook":
      case "verify-event-hook":
      case "activate-event-hook":
        return changeEventHook(change);
    }
  }

  /** In place there is no moment without a hook. Where Okta refuses that, it is two calls, and the old one comes back on an error. */
  async function replaceActive(id: string): Promise<unknown> {
    try {
      return await org.replaceHook(id, body(hookOf(id)));
    } catch (error) {
      if (!isRefusedAsSent(error)) throw error;
      say("Okta does not take that in place: a new hook follows the old one.");
      return afterDeactivating(id, create);
    }
  }

  async function replaceInactive(id: string): Promise<unknown> {
    try {
      await org.replaceHook(id, body(hookOf(id)));
    } catch (error) {
      if (isRefusedAsSent(error)) return create();
      throw error;
    }
    return org.setHookStatus(id, "activate");
  }

  async function changePlaces(id: string, ours: string): Promise<unknown> {
    await org.replaceHook(ours, body(hookOf(ours)));
    return afterDeactivating(id, () => org.setHookStatus(ours, "activate"));
  }

  async function afterDeactivating(id: string, next: () => Promise<unknown>): Promise<unknown> {
    try {
      await org.setHookStatus(id, "deactivate");
      return await next();
    } catch (error) {
      // An unclear answer may have made one active: then Okta refuses a second, and that is as good.
      await org.setHookStatus(id, "activate").catch((second: unknown) => {
        if (!isRefusedAsSent(second))
          say(`! The org may be without an active telephony hook: activate ${id} in the Admin Console now.`);
      });
      throw error;
    }
  }

  async function changeEventHook(change: Change): Promise<unknown> {
    if (wanted.events === undefined) return undefined;
    if (change.do === "activate-event-hook") return org.eventHookLifecycle(change.id, "activate");
    let id = "id" in change ? change.id : "";
    if (change.do === "create-event-hook") id = (await org.createEventHook(eventBody(wanted, secrets))).id;
    else if (change.do === "replace-event-hook") await org.replaceEventHook(id, eventBody(wanted, secrets));
    // Okta delivers nothing until it has asked the URL once more.
    return org.eventHookLifecycle(id, "verify");
  }

  for (const change of changes) {
    await perform(change);
    say(`Done: ${wordsFor(change)}`);
  }
}

/** A second active hook; and perhaps another URL or way of authentication in place, of which Okta documents nothing. */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof OktaError && error.status === 400;
}

function eventBody({ events }: WantedState, secrets: Secrets) {
  if (events === undefined || secrets.events === undefined) throw new Error("The event secret is missing.");
  return eventHookBody(events, secrets.events);
}
