import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";

export const apiKey = "key-of-the-sandbox";
export const smsPath = "/api/v1/subaccounts/acme_sms/messages";
export const voicePath = "/api/v1/subaccounts/acme%26voice/callflows";

export const startSandbox = (): Promise<Sandbox8x8> =>
  start8x8({ apiKey, subAccounts: { sms: "acme_sms", voice: "acme&voice" } });

export const inAMinute = (): string => new Date(Date.now() + 60_000).toISOString();
export const aMinuteAgo = (): string => new Date(Date.now() - 60_000).toISOString();

/** An SMS that 8x8 accepts, with changes. */
export function sms(changes: object = {}): object {
  return {
    destination: "+12025550123",
    text: "Your code is 11111",
    source: "Acme",
    encoding: "AUTO",
    clientMessageId: "e1",
    clientIp: "8.8.8.8",
    expiry: inAMinute(),
    ...changes,
  };
}

export const makeCall = {
  action: "makeCall",
  params: { source: "+6588000000", destination: "+12025550123" },
};
export const say = {
  action: "say",
  params: { text: "Ihr Code ist, 1, 2.", voiceProfile: "en-GB-Emma", repetition: 2, speed: 0.8 },
};
export const hangup = { action: "hangup" };

/** A call that 8x8 accepts, with changes. */
export function call(changes: { makeCall?: object; say?: object; body?: object } = {}): object {
  const callflow = [
    { ...makeCall, params: { ...makeCall.params, ...changes.makeCall } },
    { ...say, params: { ...say.params, ...changes.say } },
    hangup,
  ];
  return { validUntil: inAMinute(), callflow, ...changes.body };
}

export function send(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    redirect: "manual",
    signal,
  });
}

export async function post(
  url: string,
  body: unknown,
  headers?: Record<string, string>,
): Promise<[number, unknown]> {
  const answer = await send(url, body, headers);
  return [answer.status, await answer.json()];
}
