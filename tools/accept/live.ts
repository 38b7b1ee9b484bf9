import type { Channel } from "../../src/rules/channels.ts";
import { isSafe } from "../../src/settings/environment/validators.ts";
import { parseJson } from "../../src/privacy/json.ts";
import { createApi } from "../okta/api.ts";
import { createOrg } from "../okta/org.ts";
import { planOf } from "../okta/plan.ts";
import type { SignIn } from "../okta/sign-in.ts";
import type { WantedState } from "../okta/wanted-state.ts";
import { unreached } from "../unreached.ts";
import { once, type Azure } from "./azure.ts";
import { notHere, notShown } from "./check.ts";
import { userIdsFor } from "./user-ids.ts";

/** The default body of a POST is an empty object. */
export interface Request {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
/** `json` is undefined if the body is not JSON. */
export type Reply = Awaited<ReturnType<Live["call"]>>;

/** A code for which Okta called the app, because this run asked it to. */
export interface SentCode {
  readonly eventId: string;
  readonly channel: Channel;
  /** When the code was sent, by the app's clock. */
  readonly since: Date;
  /** From the call of Okta's API until its answer. */
  readonly ms: number;
  /** The app's outcome, as Okta returned it. */
  readonly outcome: string;
  readonly provider?: string | undefined;
  readonly transactionId?: string | undefined;
}

export const standby = "A stand-by has no active hook in Okta.";

interface LiveOptions {
  readonly environment: string;
  readonly hookUrl: string;
  /** okta.json of the environment. Undefined if there is none. */
  readonly wanted: WantedState | undefined;
  readonly phone: string | undefined;
  readonly azure: () => Promise<Azure>;
  readonly signInToOkta: () => Promise<SignIn>;
  /** Asks the person at the terminal. Returns undefined if there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Asks a person to sign in with a code. Returns false if the person did not sign in. */
  readonly signIn: () => Promise<boolean>;
  readonly sleep: (ms: number) => Promise<unknown>;
}
export type Live = Omit<ReturnType<typeof openLive>, "signInToOkta">;

/**
 * Calls a system only when a check needs the system. Each function rejects with a message for the
 * operator if a system does not answer.
 */
export function openLive(options: LiveOptions) {
  const { hookUrl, wanted, phone, azure, signInToOkta } = options;
  let aheadMs = 0;
  const org = once(async () => createOrg(createApi(wanted?.org ?? "", await signInToOkta())));
  return {
    ...options,
    /** Start of the run, by this computer's clock. */
    startedAt: Date.now(),
    /** Codes of this run, oldest first. The app's log must contain these codes. */
    sent: [] as SentCode[],
    /** Statuses of this run's refused requests to the hook. Their events have no id. */
    refused: [] as number[],
    org,
    /** The differences between the org and okta.json. The org is read once. */
    plan: once(async () => {
      const isStandby = (await azure()).parameters["standby"] === true;
      if (wanted === undefined)
        throw isStandby ? notHere(standby) : notShown("There is no okta.json.");
      return planOf(await org(), wanted);
    }),
    /** The Okta user ids of this run's codes. */
    users: once(async () => userIdsFor((await azure()).settings["SECOND_HOOK_FIRST_FOR"], phone)),
    /** Sends a request that contains no secret. */
    async call(address: string, { method = "GET", body = "{}", headers }: Request = {}) {
      const url = new URL(address);
      if (!isSafe(url)) throw notShown(`${url.host} has no https URL. Nothing was sent.`);
      const isApp = url.origin === new URL(hookUrl).origin;
      const fail = unreached(isApp ? "The app" : "The host", url.href);
      const sentAt = Date.now();
      const reply = await fetch(url, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", ...headers },
        body: method === "GET" ? null : body,
        redirect: "manual",
        signal: AbortSignal.timeout(30_000),
      }).catch(fail);
      const text = await reply.text().catch(fail);
      const ms = Date.now() - sentAt;
      // The header has whole seconds: https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
      const date = Date.parse(reply.headers.get("date") ?? "") + 500;
      if (isApp && !Number.isNaN(date)) aheadMs = date - (sentAt + ms / 2);
      return { status: reply.status, text, json: parseJson(text), ms };
    },
    /** Converts a time of this computer to the app's clock, and subtracts 2 s for that header. */
    timeOfApp: (at: number) => new Date(at + aheadMs - 2_000),
  };
}

/** Okta's limit. https://developer.okta.com/docs/concepts/inline-hooks/#timeout-and-retry */
export const oktaLimitMs = 3_000;
const pauseMs = 5_000;
/** Average: 3 min. https://learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time */
export const logLimitMs = 300_000;

/** Repeats `read` until `isEnough` accepts the result. After `limitMs`, returns the last result. */
export async function arrived<Read>(
  live: Pick<Live, "sleep">,
  read: () => Promise<Read>,
  isEnough: (read: Read) => boolean,
  limitMs = logLimitMs,
): Promise<Read> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await read();
    if (isEnough(found) || Date.now() >= end) return found;
    await live.sleep(pauseMs);
  }
}
