import { setTimeout as sleep } from "node:timers/promises";
import { causeOf } from "../unreached.ts";
import { OktaError, readChallenge } from "./okta-error.ts";
import { defaultWaitLimitMs, remainingCalls, untilReset } from "./rate-limit.ts";
import type { SignIn } from "./sign-in.ts";

export interface Api {
  /**
   * Returns the parsed answer, or undefined if its body is empty. Throws OktaError if Okta does not
   * answer, or answers anything but a 2xx with JSON.
   */
  call(method: Method, path: Path, body?: object, query?: Query): Promise<unknown>;
  /** Reads all pages by Okta's `next` links: https://developer.okta.com/docs/api/#pagination */
  list(path: Path, query?: Query, limit?: number): Promise<unknown[]>;
  /**
   * Reads this path. If the rate limit allows fewer than `calls` now, waits for the next window.
   */
  awaitRoom(path: Path, calls: number): Promise<void>;
}

type Method = "GET" | "POST" | "PUT";
type Query = Readonly<Record<string, string>>;
/** Segments below /api/v1. Ids can come from a file, so each is encoded as one segment. */
type Path = readonly [collection: string, ...ids: string[]];

export interface ApiOptions {
  /** Longest wait in ms for the next window of Okta's rate limit. */
  readonly waitLimitMs?: number;
  readonly onWait?: (seconds: number) => void;
}

/** The longest list is the System Log, with at most 100 pages. */
const pagesLimit = 200;

/** /execute waits up to 3 s for the hook and may try twice. */
const callTimeoutMs = 30_000;

export function createApi(org: string, signIn: SignIn, options: ApiOptions = {}): Api {
  const { waitLimitMs = defaultWaitLimitMs, onWait } = options;

  function urlOf(path: Path, query?: Query): string {
    // A URL resolves "." and ".." even if they are encoded:
    // https://url.spec.whatwg.org/#double-dot-path-segment
    if (path.some((segment) => ["", ".", ".."].includes(segment)))
      throw new Error('An id is empty, "." or "..". Use an Okta id.');
    const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
    return `${org}/api/v1/${path.map(encodeURIComponent).join("/")}${search}`;
  }

  async function send(method: Method, url: string, body?: object): Promise<Response> {
    const what = `${method} ${withoutQuery(url)}`;
    for (let attempt = 1; ; attempt += 1) {
      const headers = { accept: "application/json", ...(await signIn.headersFor(method, url)) };
      const answer = await fetch(url, {
        method,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(callTimeoutMs),
      }).catch((error: unknown) => {
        throw new OktaError(what, undefined, undefined, {}, causeOf(error));
      });
      if (answer.ok) return answer;
      // In these two cases Okta has changed nothing, so any method may be repeated.
      const waitMs =
        answer.status === 429
          ? untilReset(answer.headers)
          : signIn.asksAgain(answer)
            ? 0
            : undefined;
      if (waitMs === undefined || waitMs > waitLimitMs || attempt === 3)
        throw new OktaError(what, answer.status, await codeOf(answer), challengeOf(answer));
      if (waitMs > 0) onWait?.(Math.ceil(waitMs / 1000));
      await sleep(waitMs);
    }
  }

  return {
    async call(method, path, body, query) {
      const answer = await send(method, urlOf(path, query), body);
      return read(answer);
    },
    async list(path, query, limit = Infinity) {
      const all: unknown[] = [];
      let pages = 0;
      for (
        let url: string | undefined = urlOf(path, query);
        url !== undefined && all.length < limit;
      ) {
        if (++pages > pagesLimit)
          throw new Error(
            `Okta's list has more than ${pagesLimit} pages: GET ${withoutQuery(url)}. Run the command again later.`,
          );
        const answer: Response = await send("GET", url);
        const page = await read(answer);
        if (!Array.isArray(page)) throw new OktaError(`GET ${withoutQuery(url)}`, undefined);
        all.push(...(page as unknown[]));
        url = page.length > 0 ? nextLink(answer.headers.get("link")) : undefined;
        // Throw, because the token may go only to the org, and because half a list would look
        // complete.
        if (url !== undefined && URL.parse(url)?.origin !== org)
          throw new Error(
            "Okta's next page is at another host. Set org in okta.json to the org's own address.",
          );
      }
      return all;
    },
    async awaitRoom(path, calls) {
      const { headers } = await send("GET", urlOf(path));
      if ((remainingCalls(headers) ?? Infinity) >= calls) return;
      const waitMs = Math.min(untilReset(headers), waitLimitMs);
      onWait?.(Math.ceil(waitMs / 1000));
      await sleep(waitMs);
    },
  };
}

/** Removes the query, because it can hold a person's name or address. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function challengeOf(answer: Response) {
  return readChallenge(answer.headers.get("www-authenticate"));
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => {
    throw new OktaError("the answer ended before its end", undefined);
  });
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new OktaError("the answer is not JSON", undefined);
  }
}

async function codeOf(answer: Response): Promise<string | undefined> {
  const body = (await read(answer).catch(() => undefined)) as { errorCode?: unknown } | undefined;
  return typeof body?.errorCode === "string" && /^E\d{7}$/.test(body.errorCode)
    ? body.errorCode
    : undefined;
}

function nextLink(header: string | null): string | undefined {
  return /<([^>]+)>\s*;\s*rel="next"/.exec(header ?? "")?.[1];
}
