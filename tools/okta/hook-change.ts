import type { Change } from "./changes.ts";
import { bodyOf, inlineHookBody } from "./hook-body.ts";
import { OktaError } from "./okta-error.ts";
import { telephony, type InlineHook, type Org } from "./org.ts";
import type { Secrets } from "./secrets.ts";
import type { WantedHook } from "./wanted-state.ts";

export interface ChangedHook {
  readonly id: string;
  /**
   * Restores the previous hook and returns its id. Undefined if no hook was active, or if the
   * previous hook's secret is unknown.
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

/** Calls to reserve in the rate limit: deactivate one hook, activate another, maybe undo both. */
const callsOfAChange = 4;

/** Changes the telephony hook. After an error it tries to reactivate the hook that was active. */
export function createHookChanges({ org, wanted, hooks, secrets, say }: HookChanging) {
  const hookOf = (id: string) => hooks.find((hook) => hook.id === id);
  const body = (hook?: InlineHook) =>
    inlineHookBody(wanted, secrets.hook, hook?.channel.config.headers);
  const create = async () => (await org.createHook({ ...body(), type: telephony })).id;

  /** If Okta's answer is unclear, repeats the PUT, so that its result can be verified. */
  const put = (id: string, whole: object) =>
    org.replaceHook(id, whole).catch((error: unknown) => {
      if (error instanceof OktaError && !error.refused) return org.replaceHook(id, whole);
      throw error;
    });

  /** Changes the hook in place, without a gap. If Okta refuses, a new hook replaces it. */
  async function replaceActive(id: string, isOurs: boolean): Promise<ChangedHook> {
    const before = hookOf(id);
    // Another app's hook cannot be restored, because its secret is unknown.
    const old =
      isOurs && before !== undefined ? bodyOf(before, secrets.before ?? secrets.hook) : undefined;
    try {
      await put(id, body(isOurs ? before : undefined));
      return { id, undo: old && (() => put(id, old).then(() => id)) };
    } catch (error) {
      if (!isRefusedAsSent(error)) throw error;
      say("Okta refused to change the hook in place. A new hook replaces it.");
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

  /** Checks the rate limit first, because no hook is active between the two calls. */
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
      // After an unclear answer, the other hook may be active. Okta then refuses a second active
      // hook, but the org still has a hook.
      if (!isRefusedAsSent(error))
        say(
          `! The org may have no active telephony hook. Activate ${id} in the Admin Console now.`,
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
 * Okta answers 400 to a second active hook. Okta does not document whether it also refuses a new
 * URL or authentication for an existing hook.
 */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof OktaError && error.status === 400;
}
