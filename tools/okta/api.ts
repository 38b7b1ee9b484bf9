import { setTimeout as sleep } from "node:timers/promises";
import { causeOf } from "../unreached.ts";
import { OktaError, readChallenge } from "./okta-error.ts";
import { defaultPatienceMs, remainingCalls, untilReset } from "./rate-limit.ts";
import type { SignIn } from "./sign-in.ts";

export interface Api {
  /**
   * The parsed answer; undefined where Okta answers without a body. Throws OktaError for anything
   * but a 2xx.
   */
  call(method: Method, path: Path, body?: object, query?: Query): Promise<unknown>;
  /**
   * All pages of a list, by Okta's `next` links alone:
   * https://developer.okta.com/docs/api/#pagination
   */
  list(path: Path, query?: Query, limit?: number): Promise<unknown[]>;
  /**
   * Reads this path, and where Okta's rate limit then leaves fewer calls than these, waits for the
   * next window.
   */
  awaitRoom(path: Path, calls: number): Promise<void>;
}

type Method = "GET" | "POST" | "PUT";
type Query = Readonly<Record<string, string>>;
/**
 * The segments below /api/v1. An id in it may be whatever somebody put into a file: each stays one
 * segment.
 */
type Path = readonly [collection: string, ...ids: string[]];

export interface ApiOptions {
  /** The longest wait for a new window of Okta's rate limit, in ms. */
  readonly patienceMs?: number;
  readonly onWait?: (seconds: number) => void;
}

/** The longest list that is asked for, the System Log, is a hundred pages. Another has no end. */
const pagesLimit = 200;

/** Okta waits 3 s for a hook, and /execute may try twice. */
const callTimeoutMs = 30_000;

export function createApi(org: string, signIn: SignIn, options: ApiOptions = {}): Api {
  const { patienceMs = defaultPatienceMs, onWait } = options;

  function urlOf(path: Path, query?: Query): string {
    // A URL resolves these two even where they are encoded:
    // https://url.spec.whatwg.org/#double-dot-path-segment
    if (path.some((segment) => ["", ".", ".."].includes(segment)))
      throw new Error("That is no id of Okta's.");
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
      // Neither has done anything, so each may be sent again, whatever it is.
      const waitMs =
        answer.status === 429
          ? untilReset(answer.headers)
          : signIn.asksAgain(answer)
            ? 0
            : undefined;
      if (waitMs === undefined || waitMs > patienceMs || attempt === 3)
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
          throw new Error(`Okta's list has no end: GET ${withoutQuery(url)}.`);
        const answer: Response = await send("GET", url);
        const page = await read(answer);
        if (!Array.isArray(page)) throw new OktaError(`GET ${withoutQuery(url)}`, undefined);
        all.push(...(page as unknown[]));
        url = page.length > 0 ? nextLink(answer.headers.get("link")) : undefined;
        // The token goes to the org and nowhere else, and nobody would miss what half a list lacks.
        if (url !== undefined && URL.parse(url)?.origin !== org)
          throw new Error(
            "Okta's next page is at another host: in okta.json, org has to be the org's own address.",
          );
      }
      return all;
    },
    async awaitRoom(path, calls) {
      const { headers } = await send("GET", urlOf(path));
      if ((remainingCalls(headers) ?? Infinity) >= calls) return;
      const waitMs = Math.min(untilReset(headers), patienceMs);
      onWait?.(Math.ceil(waitMs / 1000));
      await sleep(waitMs);
    },
  };
}

/** A query can hold a name or an address of a person. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function challengeOf(answer: Response) {
  return readChallenge(answer.headers.get("www-authenticate"));
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => {
    throw new OktaError("the answer was cut", undefined);
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
