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
import { wordsFor } from "./plan-words.ts";
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
  /** Has Okta call the hook with a code that is refused. */
  readonly prove: (hookId: string) => Promise<Verified>;
}

/**
 * Does what the plan says, in its order. A hook that worked and does not work as it was changed is
 * put back, and nothing more is done. Throws at the first error, with the hook active that was
 * active before; where a new hook is not proved, at the end.
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

  /** Why the hook is not proved; undefined where it is. */
  async function performProved(change: HookChange): Promise<string | undefined> {
    // Of another's hook nobody knows what it does with an expired code.
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
        `The hook was changed and does not work: ${words} Its old secret is not known: change it by hand.`,
      );
    const before = await undo().catch((error: unknown) => {
      throw new Error(
        `The hook was changed and does not work: ${words} It could not be put back: ${sentenceOf(error)}`,
      );
    });
    const still = isOurs ? await whyUnproved(before) : undefined;
    const after = still === undefined ? "" : ` It does not work either: ${still}`;
    throw new Error(
      `The hook did not work as it was changed: ${words} What was there before is back.${after}`,
    );
  }

  /** An app that has just started may be too late once. */
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
        : new Error(`${sentenceOf(error)} And the hook is not proved: ${unproved}`);
    });
    say(`Done: ${wordsFor(change)}`);
  }
  if (unproved !== undefined)
    throw new Error(`All is done, but the hook is not proved: ${unproved}`);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "Okta does not say.";
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
      // Which of them an org answers that has no filters is not documented.
      const refused = error instanceof OktaError && [400, 401, 403].includes(error.status ?? 0);
      throw refused && events?.filter === true
        ? new Error(`${error.message} ${filterWords}`)
        : error;
    });
    // Okta delivers nothing until it has asked the URL once more.
    await org.eventHookLifecycle(made.id, "verify");
    if (events?.filter === true && !made.events.filter)
      throw new Error(`The event hook has no filter. ${filterWords}`);
    return made;
  };
}

const filterWords =
  'If the org has no event hook filters: they are early access, under Settings → Features; or "filter": false. The rest is done.';
