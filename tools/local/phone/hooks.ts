import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { callHook, hookBody, oktaChannels } from "../../sandbox/okta.ts";
import { mask } from "../host/observer.ts";
import type { SendHook } from "./protocol.ts";
import { pageHeader, type Traffic } from "./traffic.ts";

/** URL and authentication of the app's hook. The secret does not leave the server. */
export interface HookTarget {
  readonly url: string;
  readonly authHeader: string;
  /** Returns the secret that the app accepts now. */
  readonly secret: () => string;
}

/** Returns the request's number `n` at once. `done` resolves when the request has ended. */
export function send(
  { url, authHeader, secret }: HookTarget,
  traffic: Traffic,
  body: string,
  wrongSecret = false,
): { readonly n: number; readonly done: Promise<void> } {
  const id = randomUUID();
  const headers = {
    accept: "application/json",
    "content-type": "application/json",
    [authHeader]: mask,
  };
  const n = traffic.beginFromPage(id, { headers, body });
  const given = wrongSecret ? randomUUID() : secret();
  const done = callHook(url, body, { [authHeader]: given, [pageHeader]: id }).then((call) => {
    if (!call.answered) {
      traffic.gaveUp(n);
      return;
    }
    const { status, body: answered, ms, judged } = call;
    traffic.answer(n, { status, body: answered, ms }, judged.answer);
  });
  return { n, done };
}

/** Returns the body of a request as Okta writes it, by default with a random code. */
export function newHook(wish: SendHook): string {
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

/** Two numbers must not share a user, because the app finds a used code by the user's id. */
export function userOf(phoneNumber: string): string {
  return `00uphone${phoneNumber.replaceAll(/\D/g, "").slice(0, 12).padStart(12, "0")}`;
}
