import { failure, links, newId, ok, type Answer, type Route } from "./answers.ts";
import { executeHook, type FetchHookToken } from "./execution.ts";
import { inlineHookCreate, inlineHookReplace, type HookBody } from "./schemas.ts";
import type { SystemLog } from "./system-log.ts";

export interface StoredHook extends HookBody {
  readonly id: string;
  status: "ACTIVE" | "INACTIVE";
  readonly created: string;
  readonly lastUpdated: string;
}

export interface InlineHooks {
  readonly routes: readonly Route[];
  all(): readonly StoredHook[];
  active(): StoredHook | undefined;
  /** Adds a hook as if an administrator had created it in the console. */
  add(body: HookBody, status: StoredHook["status"]): StoredHook;
}

const path = "/api/v1/inlineHooks";
const read = "okta.inlineHooks.read";
const manage = "okta.inlineHooks.manage";

/**
 * Creates the API for telephony hooks, as recordings of Okta's API show it. A new hook is active. A
 * PUT replaces the name and the whole channel, keeps the status and returns no secret. Only one
 * hook is active at a time.
 * @param options.uriIsFixed Refuses another URL in a PUT, as a retired page documents. No recording
 * shows this.
 */
export function createInlineHooks(
  org: () => string,
  log: SystemLog,
  options: { readonly uriIsFixed?: boolean; readonly fetchHookToken?: FetchHookToken },
): InlineHooks {
  const hooks = new Map<string, StoredHook>();
  const active = () => [...hooks.values()].find(({ status }) => status === "ACTIVE");

  function add(body: HookBody, status: StoredHook["status"]): StoredHook {
    const now = new Date().toISOString();
    const hook = { ...body, id: newId("cal"), status, created: now, lastUpdated: now };
    hooks.set(hook.id, hook);
    return hook;
  }

  const shown = (hook: StoredHook) => {
    const self = `${org()}${path}/${hook.id}`;
    const { method = "POST", headers = [], ...config } = hook.channel.config;
    // Okta never returns the secret.
    const { authScheme, ...open } = { authScheme: undefined, ...config };
    const visible = authScheme && { authScheme: { type: authScheme.type, key: authScheme.key } };
    return {
      ...hook,
      type: "com.okta.telephony.provider",
      channel: { ...hook.channel, config: { ...open, ...visible, method, headers } },
      _links: links(self, hook.status === "ACTIVE" ? "deactivate" : "activate"),
    };
  };

  const withHook = (id: string, answer: (hook: StoredHook) => Answer | Promise<Answer>) => {
    const hook = hooks.get(id);
    return hook === undefined ? failure("E0000007") : answer(hook);
  };

  function replace(hook: StoredHook, body: unknown): Answer {
    const parsed = inlineHookReplace.safeParse(body);
    if (!parsed.success) return failure("E0000001", parsed.error.message);
    const { config } = hook.channel;
    if (options.uriIsFixed === true && parsed.data.channel.config.uri !== config.uri)
      return failure("E0000001", "uri: the field cannot be changed");
    const changed = { ...hook, ...parsed.data, lastUpdated: new Date().toISOString() };
    hooks.set(hook.id, changed);
    log.note("inline_hook.updated");
    return ok(shown(changed));
  }

  function setStatus(hook: StoredHook, status: StoredHook["status"]): Answer {
    const other = active();
    if (status === "ACTIVE" && other !== undefined && other.id !== hook.id)
      return failure("E0000001", "type: an active telephony hook exists");
    hook.status = status;
    log.note(status === "ACTIVE" ? "inline_hook.activated" : "inline_hook.deactivated");
    return ok(shown(hook));
  }

  const one = new RegExp(`^${path}/(\\w+)$`);
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
        const { type, ...rest } = parsed.data;
        log.note("inline_hook.created", { inlineHookType: type });
        return ok(shown(add(rest, "ACTIVE")));
      },
    },
    {
      method: "GET",
      path: one,
      scope: read,
      answer: ({ parts: [id = ""] }) => withHook(id, (hook) => ok(shown(hook))),
    },
    {
      method: "PUT",
      path: one,
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
        withHook(id, (hook) => executeHook(hook, body, log, options.fetchHookToken)),
    },
  ];
  return { routes, all: () => [...hooks.values()], active, add };
}
