import { randomBytes, randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { callHook, hookBody, oktaChannels } from "../../sandbox/okta.ts";
import { rememberBy } from "../../sandbox/remembering.ts";
import { channelNames } from "../../../src/rules/channels.ts";
import { mask } from "../host/observer.ts";
import type { Traffic } from "./traffic.ts";

/** Schema of SendHook. Numbers, codes and locales may be invalid, to show the app's answer. */
export const sendHook = z.strictObject({
  channel: z.enum(channelNames),
  phoneNumber: z.string().max(100),
  locale: z.string().max(100).optional(),
  code: z.string().max(100).optional(),
  expiresInS: z.number().min(-1e6).max(1e6).optional(),
  requestType: z.string().max(200).optional(),
  template: z.string().max(5_000).nullable().optional(),
  wrongSecret: z.boolean().optional(),
});

/** URL and authentication of the app's hook. The secret does not leave the server. */
export interface HookTarget {
  readonly url: string;
  readonly authHeader: string;
  /** Returns the secret that the app accepts now. */
  readonly secret: () => string;
}

/** Header of the requests that the page sends. It identifies them in the host's reports. */
export const pageHeader = "x-sandbox-hook";

export interface Hooks {
  /** Sends a hook request and returns its n at once. `done` resolves when the request has ended. */
  send(body: string, wrongSecret?: boolean): { readonly n: number; readonly done: Promise<void> };
  /** Returns n of the hook request that was sent with this value of the header. */
  nOf(pageHeader: string | undefined): number | undefined;
}

export function createHooks({ url, authHeader, secret }: HookTarget, traffic: Traffic): Hooks {
  // Entries stay after the answer: the host may report a request after its caller has given up.
  const sent = new Map<string, number>();

  function send(body: string, wrongSecret = false): ReturnType<Hooks["send"]> {
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      [authHeader]: mask,
    };
    const n = traffic.begin("page", { headers, body });
    const id = randomUUID();
    rememberBy(sent, id, n);
    return { n, done: call(n, id, body, wrongSecret ? randomUUID() : secret()) };
  }

  async function call(n: number, id: string, body: string, given: string): Promise<void> {
    const ended = await callHook(url, body, { [authHeader]: given, [pageHeader]: id });
    if (ended.answered) traffic.answer(n, { ...ended, contentType: ended.contentType ?? "" });
    else traffic.giveUp(n, ended.why);
  }

  return {
    send,
    nOf: (header) => sent.get(header ?? ""),
  };
}

/** A hook as Okta would write it. By default, its code is random. */
export function newHook(wish: z.infer<typeof sendHook>): string {
  const { channel, phoneNumber, locale = "en-US", expiresInS = 300, requestType, template } = wish;
  const code = wish.code ?? String(randomInt(1_000_000)).padStart(6, "0");
  const text = template === undefined ? "Your code is ${code}" : template;
  return JSON.stringify(
    hookBody({
      envelope: {
        eventId: randomBytes(16).toString("base64url"),
        requestType: requestType ?? "com.okta.user.telephony.mfa-verification",
      },
      userProfile: { userId: userOf(phoneNumber) },
      messageProfile: {
        msgTemplate: text?.replaceAll("${code}", code),
        phoneNumber,
        otpExpires: new Date(Date.now() + expiresInS * 1_000).toISOString(),
        deliveryChannel: oktaChannels[channel].deliveryChannel,
        otpCode: code,
        locale,
      },
    }),
  );
}

/**
 * Gives each number its own user, so that a sign-in uses the code of that number. Okta's ids
 * contain letters.
 */
export function userOf(phoneNumber: string): string {
  return `00uphone${phoneNumber.replaceAll(/\D/g, "").slice(0, 12).padStart(12, "0")}`;
}
