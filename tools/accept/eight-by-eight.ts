import * as z from "zod";
import { unreached } from "../unreached.ts";

export interface Said {
  readonly status: number;
  /** 8x8's error code, its word for an accepted message, or the amount of a balance. */
  readonly code: string;
  /** 8x8's id of a message. */
  readonly umid?: string | undefined;
}

const answer = z.object({
  code: z.number().optional(),
  balance: z.number().optional(),
  umid: z.string().optional(),
  status: z.object({ code: z.enum(["QUEUED", "REJECTED"]) }).optional(),
  statusCode: z.number().optional(),
  speechProfiles: z.array(z.object({ speechProfileCode: z.string() })).optional(),
});

export interface Account {
  readonly url: string;
  readonly subAccount: string;
  readonly account: string | undefined;
  readonly key: string;
  /** Undefined without --phone. */
  readonly phone: string | undefined;
  /** Undefined if the app makes no calls. */
  readonly voice:
    | {
        readonly url: string;
        readonly subAccount: string;
        /** The voices that the app is set to use. */
        readonly voices: readonly string[];
      }
    | undefined;
}

const pathOf = (subAccount: string) => `/api/v1/subaccounts/${encodeURIComponent(subAccount)}`;

export type EightByEight = ReturnType<typeof createEightByEight>;

/** 8x8's APIs, called from this machine with the app's key. */
export function createEightByEight({
  url: smsUrl,
  subAccount,
  account,
  key,
  phone,
  voice,
}: Account) {
  const messages = `${pathOf(subAccount)}/messages`;
  async function ask(path: string, body?: object, host = smsUrl) {
    const url = host.replace(/\/$/, "") + path;
    const reply = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
    }).catch(unreached("8x8", url));
    const { code, balance, umid, status, statusCode, speechProfiles } =
      answer.safeParse(await reply.json().catch(() => undefined)).data ?? {};
    const word = status?.code ?? code ?? balance ?? statusCode ?? "none";
    const said: Said = { status: reply.status, code: String(word), umid };
    return { said, speechProfiles };
  }
  return {
    /** Asks 8x8 about a message that was never sent. */
    unknownMessage: async () =>
      (await ask(`${messages}/00000000-0000-4000-8000-000000000000`)).said,
    /** Asks 8x8 to send an SMS without destination and text. 8x8 has to refuse it. */
    emptyMessage: async () => (await ask(messages, {})).said,
    /** Undefined if the account's id is not known. */
    balance: async () =>
      account === undefined ? undefined : (await ask(`/api/v1/accounts/${account}/balance`)).said,
    /** Sends one SMS with this sender to the phone of --phone. */
    async send(source: string) {
      if (phone === undefined) throw new Error("Add --phone with your number.");
      const text = "A test of senders. It contains no code.";
      return (await ask(messages, { destination: phone, text, source })).said;
    },
    /** The voices of the sub-account for calls. Undefined if the app makes no calls. */
    async voices() {
      if (voice === undefined) return undefined;
      const path = `${pathOf(voice.subAccount)}/speech-profiles`;
      const { said, speechProfiles = [] } = await ask(path, undefined, voice.url);
      const found = speechProfiles.map(({ speechProfileCode }) => speechProfileCode);
      return { said, wanted: voice.voices, found };
    },
  };
}
