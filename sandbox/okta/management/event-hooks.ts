import { createEventHook } from "../event-hook.ts";
import { failure, links, newId, ok, type Answer, type Route } from "./answers.ts";
import { eventHookBody, type EventHookBody } from "./schemas.ts";

interface StoredEventHook extends EventHookBody {
  readonly id: string;
  readonly status: "ACTIVE" | "INACTIVE";
  verificationStatus: "UNVERIFIED" | "VERIFIED";
  readonly created: string;
}

export interface EventHooks {
  readonly routes: readonly Route[];
  all(): readonly StoredEventHook[];
}

/** A new one is active and unverified, and so is one whose channel was replaced, until Okta has asked its URL. */
export function createEventHooks(org: () => string): EventHooks {
  const hooks = new Map<string, StoredEventHook>();

  const shown = ({ channel, ...hook }: StoredEventHook) => {
    const { authScheme, method = "POST", headers = [], ...config } = channel.config;
    const { type, key } = authScheme;
    return {
      ...hook,
      createdBy: "00u7xut94qEWYx5ss1e5",
      lastUpdated: hook.created,
      channel: { ...channel, config: { ...config, method, headers, authScheme: { type, key } } },
      _links: links(`${org()}/api/v1/eventHooks/${hook.id}`, "verify", "deactivate"),
    };
  };

  function put(body: unknown, before?: StoredEventHook): Answer {
    const parsed = eventHookBody.safeParse(body);
    if (!parsed.success) return failure("E0000001", parsed.error.message);
    const made = before ?? { id: newId("who"), created: new Date().toISOString(), status: "ACTIVE" as const };
    const hook = { ...made, ...parsed.data, verificationStatus: "UNVERIFIED" as const };
    hooks.set(hook.id, hook);
    return ok(shown(hook));
  }

  async function verify(hook: StoredEventHook): Promise<Answer> {
    const { uri, authScheme } = hook.channel.config;
    if (!(await createEventHook(uri, authScheme.value).verify())) return failure("E0000001", "the URL did not answer");
    hook.verificationStatus = "VERIFIED";
    return ok(shown(hook));
  }

  const withHook = (id: string | undefined, answer: (hook: StoredEventHook) => Answer | Promise<Answer>) => {
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
    ],
    all: () => [...hooks.values()],
  };
}
