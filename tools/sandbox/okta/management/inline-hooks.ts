import type { Administration } from "./administration.ts";
import { failure, newId, ok, type Answer, type Route } from "./answers.ts";
import { executeHook, type FetchHookToken } from "./execution.ts";
import { inlineHookCreate, inlineHookReplace, type HookBody } from "./schemas.ts";
import type { SystemLog } from "./system-log.ts";

export interface StoredHook extends HookBody {
  readonly id: string;
  status: "ACTIVE" | "INACTIVE";
  lastUpdated: string;
}

export interface InlineHooks {
  readonly routes: readonly Route[];
  all(): readonly StoredHook[];
  active(): StoredHook | undefined;
  /** Adds a hook as if an administrator had created it in the console. */
  add(body: HookBody, status: StoredHook["status"]): StoredHook;
  /** Deletes a hook as if an administrator had deleted it in the console. */
  remove(id: string): void;
}

const path = "/api/v1/inlineHooks";
const read = "okta.inlineHooks.read";
const manage = "okta.inlineHooks.manage";

/**
 * Creates the API for telephony hooks, which behaves like Okta's API in recordings. A new hook is
 * active. A PUT replaces the name and the whole channel, keeps the status and returns no secret.
 * Only one hook is active at a time.
 */
export function createInlineHooks(
  log: SystemLog,
  fetchHookToken: FetchHookToken | undefined,
  admin: Administration,
): InlineHooks {
  const hooks = new Map<string, StoredHook>();
  const active = () => [...hooks.values()].find(({ status }) => status === "ACTIVE");

  function add(body: HookBody, status: StoredHook["status"]): StoredHook {
    const hook = { ...body, id: newId("cal"), status, lastUpdated: new Date().toISOString() };
    hooks.set(hook.id, hook);
    return hook;
  }

  const shown = (hook: StoredHook) => {
    const { method = "POST", headers = [], ...config } = hook.channel.config;
    // Okta never returns the secret.
    const { authScheme, ...open } = { authScheme: undefined, ...config };
    const visible = authScheme && { authScheme: { type: authScheme.type, key: authScheme.key } };
    return {
      ...hook,
      type: "com.okta.telephony.provider",
      channel: { ...hook.channel, config: { ...open, ...visible, method, headers } },
    };
  };

  const withHook = (id: string, answer: (hook: StoredHook) => Answer | Promise<Answer>) => {
    const hook = hooks.get(id);
    return hook === undefined ? failure("E0000007") : answer(hook);
  };

  function replace(hook: StoredHook, body: unknown): Answer {
    const parsed = inlineHookReplace.safeParse(body);
    if (!parsed.success) return failure("E0000001", parsed.error.message);
    const changed = { ...hook, ...parsed.data, lastUpdated: new Date().toISOString() };
    hooks.set(hook.id, changed);
    return ok(shown(changed));
  }

  function setStatus(hook: StoredHook, status: StoredHook["status"]): Answer {
    const other = active();
    if (status === "ACTIVE" && other !== undefined && other.id !== hook.id)
      return failure("E0000001", "type: an active telephony hook exists");
    hook.status = status;
    hook.lastUpdated = new Date().toISOString();
    return ok(shown(hook));
  }

  const routes: Route[] = [
    {
      method: "GET",
      path: new RegExp(`^${path}$`),
      scope: read,
      answer: () => ok([...hooks.values()].map(shown)),
    },
    {
      method: "POST",
      path: new RegExp(`^${path}$`),
      scope: manage,
      answer({ body }) {
        const parsed = inlineHookCreate.safeParse(body);
        if (!parsed.success) return failure("E0000001", parsed.error.message);
        if (active() !== undefined)
          return failure("E0000001", "type: an active telephony hook exists");
        const { type: _, ...rest } = parsed.data;
        return ok(shown(add(rest, "ACTIVE")));
      },
    },
    {
      method: "PUT",
      path: new RegExp(`^${path}/(\\w+)$`),
      scope: manage,
      answer: ({ parts: [id = ""], body }) => withHook(id, (hook) => replace(hook, body)),
    },
    {
      method: "POST",
      path: new RegExp(`^${path}/(\\w+)/lifecycle/(activate|deactivate)$`),
      scope: manage,
      answer: ({ parts: [id = "", to] }) =>
        withHook(id, (hook) => setStatus(hook, to === "activate" ? "ACTIVE" : "INACTIVE")),
    },
    {
      method: "POST",
      path: new RegExp(`^${path}/(\\w+)/execute$`),
      scope: manage,
      answer: ({ parts: [id = ""], body }) =>
        withHook(id, (hook) =>
          admin.refusesInactive && hook.status === "INACTIVE"
            ? failure("E0000001", "the hook is inactive")
            : executeHook(hook, body, log, fetchHookToken),
        ),
    },
  ];
  return { routes, all: () => [...hooks.values()], active, add, remove: (id) => hooks.delete(id) };
}
