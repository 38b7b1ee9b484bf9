import { failure, links, newId, ok, type Answer, type Route } from "./answers.ts";
import { phoneBody } from "./schemas.ts";

type Status = "ACTIVE" | "INACTIVE";

export interface Phone {
  readonly routes: readonly Route[];
  state():
    | {
        readonly name: string;
        readonly status: Status;
        readonly allowedFor: string;
        readonly methods: Readonly<Record<string, Status>>;
      }
    | undefined;
  /** Renames the authenticator, as an administrator can. */
  rename(name: string): void;
}

const path = "/api/v1/authenticators";
const read = "okta.authenticators.read";
const manage = "okta.authenticators.manage";

/**
 * Creates the API for the phone authenticator. It cannot be deleted, and can be activated only if
 * an active hook or provider can send.
 */
export function createPhone(org: () => string, canSend: () => boolean): Phone {
  let phone:
    { id: string; name: string; status: Status; allowedFor: string; created: string } | undefined;
  const methods = new Map<string, Status>([
    ["sms", "ACTIVE"],
    ["voice", "ACTIVE"],
  ]);

  const shown = () => {
    if (phone === undefined) return undefined;
    const { id, name, status, allowedFor, created } = phone;
    const self = `${org()}${path}/${id}`;
    return {
      id,
      key: "phone_number",
      name,
      type: "phone",
      status,
      created,
      lastUpdated: created,
      settings: { allowedFor },
      _links: {
        ...links(self, status === "ACTIVE" ? "deactivate" : "activate"),
        methods: { href: `${self}/methods` },
      },
    };
  };
  const withPhone = (id: string | undefined, answer: () => Answer) =>
    phone?.id === id ? answer() : failure("E0000007");

  function create(body: unknown, activate: boolean): Answer {
    const parsed = phoneBody.safeParse(body);
    if (!parsed.success || phone !== undefined)
      return failure("E0000001", parsed.error?.message ?? "key: it exists");
    if (activate && !canSend()) return failure("E0000226");
    const { name, settings } = parsed.data;
    const { allowedFor } = settings;
    phone = {
      id: newId("aut"),
      name,
      status: activate ? "ACTIVE" : "INACTIVE",
      allowedFor,
      created: new Date().toISOString(),
    };
    return ok(shown());
  }

  function replace(body: unknown): Answer {
    const parsed = phoneBody.safeParse(body);
    if (!parsed.success) return failure("E0000001", parsed.error.message);
    const { name, settings } = parsed.data;
    if (phone !== undefined) Object.assign(phone, { name, allowedFor: settings.allowedFor });
    return ok(shown());
  }

  function setStatus(status: Status): Answer {
    if (status === "ACTIVE" && !canSend()) return failure("E0000226");
    if (phone !== undefined) phone.status = status;
    return ok(shown());
  }

  const method = (type: string) => {
    const self = `${org()}${path}/${phone?.id ?? ""}/methods/${type}`;
    return {
      type,
      status: methods.get(type),
      _links: links(self, methods.get(type) === "ACTIVE" ? "deactivate" : "activate"),
    };
  };

  return {
    routes: [
      {
        method: "GET",
        path: /^\/api\/v1\/authenticators$/,
        scope: read,
        answer: () => ok(phone === undefined ? [] : [shown()]),
      },
      {
        method: "POST",
        path: /^\/api\/v1\/authenticators$/,
        scope: manage,
        answer: ({ body, url }) => create(body, url.searchParams.get("activate") !== "false"),
      },
      {
        method: "PUT",
        path: /^\/api\/v1\/authenticators\/(\w+)$/,
        scope: manage,
        answer: ({ parts: [id], body }) => withPhone(id, () => replace(body)),
      },
      {
        method: "POST",
        path: /^\/api\/v1\/authenticators\/(\w+)\/lifecycle\/(activate|deactivate)$/,
        scope: manage,
        answer: ({ parts: [id, to] }) =>
          withPhone(id, () => setStatus(to === "activate" ? "ACTIVE" : "INACTIVE")),
      },
      {
        method: "GET",
        path: /^\/api\/v1\/authenticators\/(\w+)\/methods$/,
        scope: read,
        answer: ({ parts: [id] }) => withPhone(id, () => ok([...methods.keys()].map(method))),
      },
      {
        method: "POST",
        path: /^\/api\/v1\/authenticators\/(\w+)\/methods\/(sms|voice)\/lifecycle\/(activate|deactivate)$/,
        scope: manage,
        answer: ({ parts: [id, type = "", to] }) =>
          withPhone(id, () => {
            methods.set(type, to === "activate" ? "ACTIVE" : "INACTIVE");
            return ok(method(type));
          }),
      },
    ],
    state() {
      if (phone === undefined) return undefined;
      const { name, status, allowedFor } = phone;
      return { name, status, allowedFor, methods: Object.fromEntries(methods) };
    },
    rename(name) {
      if (phone !== undefined) phone.name = name;
    },
  };
}
