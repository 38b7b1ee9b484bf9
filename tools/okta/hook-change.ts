import type { Change } from "./changes.ts";
import { bodyOf, inlineHookBody } from "./hook-body.ts";
import { OktaError } from "./okta-error.ts";
import { telephony, type InlineHook, type Org } from "./org.ts";
import type { Secrets } from "./secrets.ts";
import type { WantedHook } from "./wanted-state.ts";

/** What a change of the hook has led to. */
export interface ChangedHook {
  readonly id: string;
  /**
   * Puts back what was there, and gives its id; undefined where nothing was active, or where nobody
   * knows its secret.
   */
  readonly undo: (() => Promise<string>) | undefined;
}

interface HookChanging {
  readonly org: Org;
  readonly wanted: WantedHook;
  readonly hooks: readonly InlineHook[];
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
}

/** Deactivate, make or activate, and, on an error, activate what was there. */
const callsOfAChange = 4;

/** Every change of the telephony hook. It throws with the hook active that was active before. */
export function createHookChanges({ org, wanted, hooks, secrets, say }: HookChanging) {
  const hookOf = (id: string) => hooks.find((hook) => hook.id === id);
  const body = (hook?: InlineHook) =>
    inlineHookBody(wanted, secrets.hook, hook?.channel.config.headers);
  const create = async () => (await org.createHook({ ...body(), type: telephony })).id;

  /**
   * What was put without a clear answer is put once more: else nobody would prove what it led to.
   */
  const put = (id: string, whole: object) =>
    org.replaceHook(id, whole).catch((error: unknown) => {
      if (error instanceof OktaError && !error.refused) return org.replaceHook(id, whole);
      throw error;
    });

  /** In place there is no moment without a hook. Where Okta refuses that, it is two calls. */
  async function replaceActive(id: string, isOurs: boolean): Promise<ChangedHook> {
    const before = hookOf(id);
    // The secret of somebody's hook is not known, and its headers are not ours.
    const old =
      isOurs && before !== undefined ? bodyOf(before, secrets.before ?? secrets.hook) : undefined;
    try {
      await put(id, body(isOurs ? before : undefined));
      return { id, undo: old && (() => put(id, old).then(() => id)) };
    } catch (error) {
      if (!isRefusedAsSent(error)) throw error;
      say("Okta does not take that in place: a new hook follows the old one.");
      return inPlaceOf(id, create);
    }
  }

  async function replaceInactive(id: string): Promise<ChangedHook> {
    try {
      await org.replaceHook(id, body(hookOf(id)));
    } catch (error) {
      if (isRefusedAsSent(error)) return { id: await create(), undo: undefined };
      throw error;
    }
    await org.setHookStatus(id, "activate");
    return { id, undo: undefined };
  }

  /** Between the two calls no hook is active, so there must be no wait between them. */
  async function inPlaceOf(id: string, next: () => Promise<string>): Promise<ChangedHook> {
    await org.awaitRoomForHooks(id, callsOfAChange);
    try {
      await org.setHookStatus(id, "deactivate");
      const newId = await next();
      const undo = async () => {
        await org.awaitRoomForHooks(id, callsOfAChange);
        await org.setHookStatus(newId, "deactivate");
        await activateAgain(id);
        return id;
      };
      return { id: newId, undo };
    } catch (error) {
      await activateAgain(id).catch(() => undefined);
      throw error;
    }
  }

  async function activateAgain(id: string): Promise<void> {
    await org.setHookStatus(id, "activate").catch((error: unknown) => {
      // An unclear answer before may have left one active: then Okta refuses a second, and that is
      // as good.
      if (!isRefusedAsSent(error))
        say(
          `! The org may be without an active telephony hook: activate ${id} in the Admin Console now.`,
        );
      throw error;
    });
  }

  return async (change: HookChange): Promise<ChangedHook> => {
    switch (change.do) {
      case "create-hook":
        return { id: await create(), undo: undefined };
      case "replace-hook":
        return change.active ? replaceActive(change.id, true) : replaceInactive(change.id);
      case "activate-hook":
        await org.setHookStatus(change.id, "activate");
        return { id: change.id, undo: undefined };
      case "take-over": {
        const { ours } = change;
        if (ours === undefined)
          return change.beside ? inPlaceOf(change.id, create) : replaceActive(change.id, false);
        await org.replaceHook(ours, body(hookOf(ours)));
        return inPlaceOf(change.id, async () => {
          await org.setHookStatus(ours, "activate");
          return ours;
        });
      }
    }
  };
}

const hookChanges = ["create-hook", "replace-hook", "activate-hook", "take-over"] as const;
export type HookChange = Extract<Change, { readonly do: (typeof hookChanges)[number] }>;

export function isHookChange(change: Change): change is HookChange {
  return hookChanges.some((one) => one === change.do);
}

/**
 * A second active hook; and perhaps another URL or way of authentication in place, of which Okta
 * documents nothing.
 */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof OktaError && error.status === 400;
}
