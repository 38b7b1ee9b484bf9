import { setTimeout as sleep } from "node:timers/promises";
import { causeOf } from "../unreached.ts";
import { OktaError, readChallenge } from "./okta-error.ts";
import type { SignIn } from "./sign-in.ts";

export interface Api {
  /** Throws OktaError without a 2xx answer in JSON. Returns undefined for an empty body. */
  call(method: Method, path: Path, body?: object): Promise<unknown>;
  /** Reads all pages by Okta's `next` links: https://developer.okta.com/docs/api/#pagination */
  list(path: Path, query?: Query): Promise<unknown[]>;
}

type Method = "GET" | "POST" | "PUT";
type Query = Readonly<Record<string, string>>;
type Path = readonly [collection: string, ...ids: string[]];

// A window of Okta's rate limit lasts a minute:
// https://developer.okta.com/docs/reference/rl-best-practices/
const waitLimitMs = 70_000;

/** In `/execute`, Okta waits up to 3 s for the hook, and may call the hook twice. */
const callTimeoutMs = 10_000;

export function createApi(
  org: string,
  signIn: SignIn,
  onWait: (seconds: number) => void = () => undefined,
): Api {
  function urlOf(path: Path, query?: Query): string {
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
      // After a 429 or a request for a nonce, Okta has changed nothing. A POST may be repeated.
      const waitMs =
        answer.status === 429
          ? untilReset(answer.headers)
          : signIn.asksAgain(answer)
            ? 0
            : undefined;
      if (waitMs === undefined || waitMs > waitLimitMs || attempt === 3) {
        const { code, lacksFeature } = await reasonOf(answer);
        const challenge = readChallenge(answer.headers.get("www-authenticate"));
        throw new OktaError(what, answer.status, code, { ...challenge, lacksFeature });
      }
      if (waitMs > 0) onWait(Math.ceil(waitMs / 1000));
      await sleep(waitMs);
    }
  }

  return {
    async call(method, path, body) {
      return read(await send(method, urlOf(path), body));
    },
    async list(path, query) {
      const all: unknown[] = [];
      for (let url: string | undefined = urlOf(path, query); url !== undefined;) {
        const answer: Response = await send("GET", url);
        const page = await read(answer);
        if (!Array.isArray(page)) throw new OktaError(`GET ${withoutQuery(url)}`, undefined);
        all.push(...(page as unknown[]));
        url = page.length > 0 ? nextLink(answer.headers.get("link")) : undefined;
        // The token must not go to another host, and a list without the next page would look
        // complete.
        if (url !== undefined && URL.parse(url)?.origin !== org)
          throw new Error(
            "Okta's link to the next page is at another host. Set org in okta.json to the org's own address.",
          );
      }
      return all;
    },
  };
}

/** Returns the milliseconds until the rate limit's next window begins, by Okta's clock. */
function untilReset(headers: Headers): number {
  const reset = Number(headers.get("x-rate-limit-reset")) * 1000;
  const now = Date.parse(headers.get("date") ?? "") || Date.now();
  return Number.isFinite(reset) && reset > 0 ? Math.max(1_000, reset - now + 1_000) : 60_000;
}

/** Removes the query, because it can hold a person's name or address. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text().catch(() => {
    throw new OktaError("the connection broke during the answer", undefined);
  });
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new OktaError("the answer is not JSON", undefined);
  }
}

/** Reads Okta's words about a missing feature, but never quotes them. */
async function reasonOf(answer: Response) {
  const body = (await read(answer).catch(() => undefined)) as { errorCode?: unknown } | undefined;
  const code = /^E\d{7}$/.exec(String(body?.errorCode))?.[0];
  const words = JSON.stringify(body ?? "");
  return { code, lacksFeature: code === "E0000015" || /\bearly access\b/i.test(words) };
}

function nextLink(header: string | null): string | undefined {
  return /<([^>]+)>\s*;\s*rel="next"/.exec(header ?? "")?.[1];
}
