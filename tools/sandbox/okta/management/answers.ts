import { randomBytes } from "node:crypto";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly url: URL;
  /** Parts of the path that match the groups of the route's pattern. */
  readonly parts: readonly string[];
  readonly body: unknown;
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Scope that the call needs: https://developer.okta.com/docs/api/oauth2/ */
  readonly scope: string;
  answer(call: Call): Answer | Promise<Answer>;
}

export const ok = (body?: unknown): Answer => ({ status: 200, body });

/** Status and summary of Okta's errors: https://developer.okta.com/docs/reference/error-codes/ */
const errors = {
  E0000001: [400, "Api validation failed"],
  E0000006: [403, "You do not have permission to perform the requested action"],
  E0000007: [404, "Not found: Resource not found"],
  E0000011: [401, "Invalid token provided"],
  E0000022: [405, "The endpoint does not support the provided HTTP method"],
  E0000047: [429, "API call exceeded rate limit due to too many requests."],
  E0000009: [500, "Internal Server Error"],
  // /execute answers 400 for every failure of the hook.
  E0000135: [400, "The inline hook returned an error"],
  E0000137: [400, "The inline hook did not respond"],
  // Okta does not document its answer to a body that uses a feature that is off. This code is one
  // possibility: tools/sandbox/okta/management/event-hooks.ts
  E0000015: [401, "You do not have permission to access the feature you are requesting"],
} as const;
export type ErrorCode = keyof typeof errors;

export function failure(errorCode: ErrorCode, ...causes: readonly string[]): Answer {
  const [status, errorSummary] = errors[errorCode];
  return {
    status,
    body: {
      errorCode,
      errorSummary,
      errorLink: errorCode,
      errorId: newId("oae"),
      errorCauses: causes.map((cause) => ({ errorSummary: cause })),
    },
  };
}

/** Returns an id of 20 characters with Okta's prefix. */
export function newId(prefix: string): string {
  return prefix + randomBytes(16).toString("hex").slice(0, 17);
}

/**
 * Okta returns a list in pages. The `next` link has an opaque cursor:
 * https://developer.okta.com/docs/api/#pagination
 */
export function page(all: readonly unknown[], url: URL, size: number): Answer {
  const from = Number(url.searchParams.get("after") ?? 0);
  const next = new URL(url);
  next.searchParams.set("after", String(from + size));
  const links = [
    `<${url.href}>; rel="self"`,
    ...(from + size < all.length ? [`<${next.href}>; rel="next"`] : []),
  ];
  return { status: 200, body: all.slice(from, from + size), headers: { link: links.join(", ") } };
}
