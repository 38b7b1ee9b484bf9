import { createEventHook } from "../event-hook.ts";
import { failure, newId, ok, type Answer, type Route } from "./answers.ts";
import { eventHookBody, type EventHookBody } from "./schemas.ts";

interface StoredEventHook extends EventHookBody {
  readonly id: string;
  status: "ACTIVE" | "INACTIVE";
  verificationStatus: "UNVERIFIED" | "VERIFIED";
  lastUpdated: string;
}

export interface EventHooks {
  readonly routes: readonly Route[];
  all(): readonly StoredEventHook[];
}

export interface EventHookOptions {
  /**
   * How an org treats a filter if the org lacks the early access feature for event hook filters.
   * Okta does not document whether the org refuses the filter or leaves the filter out.
   */
  readonly eventFilters?: "refused" | "left-out";
}

/**
 * Creates the API for event hooks. A new event hook is active and unverified. After a PUT, the hook
 * is unverified again until Okta has sent the challenge to its URL. Recordings show that a PUT sets
 * the status. In this stand-in, a PUT without `status` deactivates the hook, because Okta does not
 * document such a PUT.
 */
export function createEventHooks(options: EventHookOptions): EventHooks {
  const hooks = new Map<string, StoredEventHook>();

  const shown = ({ channel, ...hook }: StoredEventHook) => {
    const { authScheme, method = "POST", headers = [], ...config } = channel.config;
    const { type, key } = authScheme;
    return {
      ...hook,
      channel: { ...channel, config: { ...config, method, headers, authScheme: { type, key } } },
    };
  };

  function put(body: unknown, before?: StoredEventHook): Answer {
    const parsed = eventHookBody.safeParse(body);
    if (!parsed.success) return failure("E0000001", parsed.error.message);
    if (parsed.data.events.filter && options.eventFilters === "refused") return failure("E0000015");
    const events = {
      ...parsed.data.events,
      ...(options.eventFilters === "left-out" && { filter: null }),
    };
    const hook = {
      ...parsed.data,
      events,
      id: before?.id ?? newId("who"),
      lastUpdated: new Date().toISOString(),
      verificationStatus: "UNVERIFIED" as const,
      // A new hook is ACTIVE:
      // https://developer.okta.com/docs/api/openapi/okta-management/management/tag/EventHook/
      status: before === undefined ? ("ACTIVE" as const) : (parsed.data.status ?? "INACTIVE"),
    };
    hooks.set(hook.id, hook);
    return ok(shown(hook));
  }

  async function verify(hook: StoredEventHook): Promise<Answer> {
    const { uri, authScheme } = hook.channel.config;
    if (!(await createEventHook(uri, authScheme.value).verify()))
      return failure("E0000001", "the URL did not answer");
    hook.verificationStatus = "VERIFIED";
    return ok(shown(hook));
  }

  const withHook = (
    id: string | undefined,
    answer: (hook: StoredEventHook) => Answer | Promise<Answer>,
  ) => {
    const hook = hooks.get(id ?? "");
    return hook === undefined ? failure("E0000007") : answer(hook);
  };
  const all = /^\/api\/v1\/eventHooks$/;
  const [read, manage] = ["okta.eventHooks.read", "okta.eventHooks.manage"];
  return {
    routes: [
      { method: "GET", path: all, scope: read, answer: () => ok([...hooks.values()].map(shown)) },
      { method: "POST", path: all, scope: manage, answer: ({ body }) => put(body) },
      {
        method: "PUT",
        path: /^\/api\/v1\/eventHooks\/(\w+)$/,
        scope: manage,
        answer: ({ parts: [id], body }) => withHook(id, (hook) => put(body, hook)),
      },
      {
        method: "POST",
        path: /^\/api\/v1\/eventHooks\/(\w+)\/lifecycle\/verify$/,
        scope: manage,
        answer: ({ parts: [id] }) => withHook(id, verify),
      },
      {
        method: "POST",
        path: /^\/api\/v1\/eventHooks\/(\w+)\/lifecycle\/(activate|deactivate)$/,
        scope: manage,
        answer: ({ parts: [id, to] }) =>
          withHook(id, (hook) => {
            hook.status = to === "activate" ? "ACTIVE" : "INACTIVE";
            hook.lastUpdated = new Date().toISOString();
            return ok(shown(hook));
          }),
      },
    ],
    all: () => [...hooks.values()],
  };
}
