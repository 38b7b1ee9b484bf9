import * as z from "zod";

/** 8x8's API, asked from here with the app's key. */
export interface EightByEight {
  /** What it says to a question about a message that nobody sent. */
  unknownMessage(): Promise<Said>;
  /** Undefined where the account's id is not known. */
  balance(): Promise<Said | undefined>;
  /** One SMS with this sender, to the phone that was named. */
  send(source: string): Promise<Said>;
}

export interface Said {
  readonly status: number;
  /** 8x8's code, or its word for what it took; the number of a balance. */
  readonly code: string;
}

const said = z.object({
  code: z.number().optional(),
  balance: z.number().optional(),
  status: z.object({ code: z.enum(["QUEUED", "REJECTED"]) }).optional(),
});

export interface Account {
  readonly url: string;
  readonly subAccount: string;
  readonly account: string | undefined;
  readonly key: string;
  /** Undefined where none was named. */
  readonly phone: string | undefined;
}

export function createEightByEight({
  url,
  subAccount,
  account,
  key,
  phone,
}: Account): EightByEight {
  const messages = `/api/v1/subaccounts/${encodeURIComponent(subAccount)}/messages`;
  async function ask(path: string, body?: object): Promise<Said> {
    const reply = await fetch(url.replace(/\/$/, "") + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
    }).catch(() => {
      throw new Error("8x8 cannot be reached from here.");
    });
    const { code, balance, status } =
      said.safeParse(await reply.json().catch(() => undefined)).data ?? {};
    return { status: reply.status, code: String(status?.code ?? code ?? balance ?? "none") };
  }
  return {
    unknownMessage: () => ask(`${messages}/00000000-0000-4000-8000-000000000000`),
    balance: async () =>
      account === undefined ? undefined : ask(`/api/v1/accounts/${account}/balance`),
    async send(source) {
      if (phone === undefined) throw new Error("--phone names no phone.");
      return ask(messages, {
        destination: phone,
        text: "A test of senders. There is no code in it.",
        source,
      });
    },
  };
}
