import { randomBytes, randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { callHook, hookBody, oktaChannels } from "../../sandbox/okta.ts";
import { rememberBy } from "../../sandbox/remembering.ts";
import { channelNames } from "../../../src/delivery/channels.ts";
import { mask } from "../host/observer.ts";
import type { Traffic } from "./traffic.ts";

/** A SendHook. Invalid numbers, codes and locales are accepted, to show how such hooks end. */
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

/** How the hook is reached and authenticated. The secret goes no further than here. */
export interface HookTarget {
  readonly url: string;
  readonly authHeader: string;
  /** As the app takes it now. */
  readonly secret: () => string;
}

/** Marks the page's own hooks, so that they are recognized in the host's reports. */
export const pageHeader = "x-sandbox-hook";

export interface Hooks {
  /** The n of the hook, at once, and when it is answered. */
  send(body: string, wrongSecret?: boolean): { readonly n: number; readonly done: Promise<void> };
  /** The n of the hook that came with this header. */
  nOf(pageHeader: string | undefined): number | undefined;
}

export function createHooks({ url, authHeader, secret }: HookTarget, traffic: Traffic): Hooks {
  // Kept after the answer: the host may report a hook when its caller has given up.
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

/** A hook as Okta would write it, with a code that nobody else has. */
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
 * Each number is somebody else's, so that a sign-in uses the code of its own number. In Okta's
 * form, which has a letter.
 */
function userOf(phoneNumber: string): string {
  return `00uphone${phoneNumber.replaceAll(/\D/g, "").slice(0, 12).padStart(12, "0")}`;
}
