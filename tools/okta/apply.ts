import type { Change } from "./changes.ts";
import { eventHookBody } from "./event-hook-body.ts";
import {
  createHookChanges,
  isHookChange,
  type ChangedHook,
  type HookChange,
} from "./hook-change.ts";
import { OktaError } from "./okta-error.ts";
import type { EventHook, Org } from "./org.ts";
import { describeChange } from "./describe-plan.ts";
import { phoneNameIn, type Found, type Plan } from "./plan.ts";
import type { Secrets } from "./secrets.ts";
import type { Verified } from "./verify.ts";
import type { WantedState } from "./wanted-state.ts";

interface Applying {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly found: Found;
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
  /** Makes Okta call the hook with an expired code, which the app refuses. */
  readonly prove: (hookId: string) => Promise<Verified>;
}

/**
 * Makes the plan's changes in order, and throws at the first error. If our hook worked before its
 * change and fails after it, the change is undone. A failed take-over is undone too. A hook that
 * fails in any other case is reported at the end.
 */
export async function apply({ changes }: Plan, applying: Applying): Promise<void> {
  const { org, wanted, found, secrets, say, prove } = applying;
  const changeHook = createHookChanges({
    org,
    wanted: wanted.hook,
    hooks: found.hooks,
    secrets,
    say,
  });
  const changeEvents = createEventChanges(applying);
  let phoneId = found.phone?.id;
  let unproved: string | undefined;

  async function perform(change: Change): Promise<unknown> {
    if (isHookChange(change)) return (unproved = await performProved(change));
    switch (change.do) {
      case "create-phone":
        phoneId = await org.createPhone(phoneNameIn(wanted, found), {
          allowedFor: wanted.phone.allowedFor,
        });
        return org.activatePhone(phoneId);
      case "replace-phone":
        return org.replacePhone(change.id, phoneNameIn(wanted, found), {
          allowedFor: wanted.phone.allowedFor,
        });
      case "activate-phone":
        return org.activatePhone(change.id);
      case "set-method":
        return org.setMethodStatus(
          phoneId ?? "",
          change.type,
          change.active ? "activate" : "deactivate",
        );
      case "create-event-hook":
      case "replace-event-hook":
      case "verify-event-hook":
      case "activate-event-hook":
        return changeEvents(change);
    }
  }

  async function performProved(change: HookChange): Promise<string | undefined> {
    // Do not call another app's hook, because it may handle an expired code differently.
    const worked = change.do === "replace-hook" && change.active && (await prove(change.id)).proved;
    const { id, undo } = await changeHook(change);
    const words = await whyUnproved(id);
    if (words === undefined) return undefined;
    if (worked || change.do === "take-over") await putBack(undo, words, worked);
    return words;
  }

  async function putBack(
    undo: ChangedHook["undo"],
    words: string,
    isOurs: boolean,
  ): Promise<never> {
    if (undo === undefined)
      throw new Error(
        `The hook does not work after the change: ${words} The change cannot be undone, because Okta does not show the old secret. Fix the hook in the Admin Console.`,
      );
    const before = await undo().catch((error: unknown) => {
      throw new Error(
        `The hook does not work after the change: ${words} Undoing the change failed: ${sentenceOf(error)}`,
      );
    });
    const still = isOurs ? await whyUnproved(before) : undefined;
    const after = still === undefined ? "" : ` The old hook does not work either: ${still}`;
    throw new Error(
      `The hook did not work after the change: ${words} The change was undone.${after}`,
    );
  }

  /** Verifies twice, because an app that has just started can answer too late. */
  async function whyUnproved(id: string): Promise<string | undefined> {
    const once = async () => {
      const proved = await prove(id).catch((error: unknown) => ({
        proved: false as const,
        words: sentenceOf(error),
      }));
      return proved.proved ? undefined : proved.words;
    };
    return (await once()) && (await once());
  }

  for (const change of changes) {
    await perform(change).catch((error: unknown) => {
      throw unproved === undefined
        ? error
        : new Error(`${sentenceOf(error)} Also, the hook could not be verified: ${unproved}`);
    });
    say(`Done: ${describeChange(change)}`);
  }
  if (unproved !== undefined)
    throw new Error(`All changes were made, but the hook could not be verified: ${unproved}`);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "The command failed for an unknown reason.";
}

function createEventChanges({ org, wanted: { events }, wanted, found, secrets }: Applying) {
  const body = (before?: EventHook) => {
    if (events === undefined || secrets.events === undefined)
      throw new Error("The event secret is missing.");
    return eventHookBody(events, secrets.events, phoneNameIn(wanted, found), before);
  };

  return async (change: Change): Promise<unknown> => {
    if (change.do === "activate-event-hook") return org.eventHookLifecycle(change.id, "activate");
    if (change.do === "verify-event-hook") return org.eventHookLifecycle(change.id, "verify");
    const before = "id" in change ? found.eventHooks.find(({ id }) => id === change.id) : undefined;
    const put =
      before === undefined
        ? org.createEventHook(body())
        : org.replaceEventHook(before.id, body(before));
    const made = await put.catch((error: unknown) => {
      // Okta does not document which of these statuses an org without filters returns.
      const refused = error instanceof OktaError && [400, 401, 403].includes(error.status ?? 0);
      throw refused && events?.filter === true
        ? new Error(`${error.message} ${filterWords}`)
        : error;
    });
    // Okta delivers no events until it has verified the URL again.
    await org.eventHookLifecycle(made.id, "verify");
    if (events?.filter === true && !made.events.filter)
      throw new Error(`Okta left out the event hook's filter. ${filterWords}`);
    return made;
  };
}

const filterWords =
  'Event hook filters are early access. Switch them on under Settings → Features, or set "filter": false in okta.json. All earlier changes were made.';
