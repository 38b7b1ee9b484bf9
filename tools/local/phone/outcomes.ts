import { reasonOfCode } from "../../../src/8x8/reply.ts";
import { reasons, reasonsOf } from "../../../src/rules/reasons.ts";
import { newHook } from "./hooks.ts";
import type { AppAnswer, Offered, RequestedOutcome, SendHook } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";

interface Cause {
  readonly says: string;
  readonly send?: Partial<SendHook>;
  /** Fault of 8x8, switched on for one request just before the request is sent. */
  readonly fault?: string;
  /** 8x8's code in its refusal. */
  readonly statusCode?: number;
  readonly repeat?: number;
}
type AnyReason = keyof typeof reasons;

const accepted: Readonly<Record<string, Cause>> = {
  SMS: { says: "An SMS with Okta's own text." },
  "Call in German": {
    says: "A voice call reads the code digit by digit.",
    send: { channel: "voice", locale: "de-DE" },
  },
  "SMS without Okta's text": {
    says: "The app writes the text, in Japanese.",
    send: { locale: "ja-JP", template: null },
  },
  "503, then success": { says: "The app's second attempt succeeds.", fault: "503" },
  "Lost SMS": { says: "8x8 accepts the SMS. Its receipt reports no credit.", fault: "no-credit" },
};

const causes: Partial<Record<AnyReason, Cause>> = {
  "provider-error": { says: "8x8 answers 500.", fault: "500" },
  "rate-limited": { says: "8x8 answers 429: too many requests.", fault: "429" },
  redirected: { says: "8x8 answers 302. The app does not follow the redirect.", fault: "302" },
  deadline: { says: "8x8 never answers. The app stops waiting in time for Okta.", fault: "hang" },
  "connection-cut": { says: "8x8 cuts the connection.", fault: "reset" },
  "unreadable-answer": { says: "8x8's answer ends in the middle.", fault: "garbage" },
  "wrong-secret": {
    says: "Okta has another secret than the app, or the caller is not Okta.",
    send: { wrongSecret: true },
  },
  "not-an-otp-code": { says: "Okta's codes have 4 to 10 digits.", send: { code: "12" } },
  "impossible-number": {
    says: "The number is too short to exist.",
    send: { phoneNumber: "+1202555" },
  },
  "number-with-extension": {
    says: "A switchboard would get the code.",
    send: { phoneNumber: "+12025550123 x5" },
  },
  "national-number-without-default-country": {
    says: "The number has no calling code.",
    send: { phoneNumber: "9876543210" },
  },
  "unserved-calling-code": {
    says: "The calling code belongs to no country.",
    send: { phoneNumber: "+870773111632" },
  },
  "premium-number": {
    says: "The number's owner is paid for each code.",
    send: { phoneNumber: "+19005550123" },
  },
  "expired-code": { says: "The code expired five minutes ago.", send: { expiresInS: -300 } },
  "user-limit": {
    says: "A user's seventh enrollment of the day. The guard refuses it if GUARD_MODE=enforce.",
    send: { phoneNumber: "+12025550199", requestType: "com.okta.user.telephony.pre-enrollment" },
    repeat: 7,
  },
  ...Object.fromEntries(reasonsOf("rejected").map((reason) => [reason, rejection(reason)])),
};

/** 8x8's codes for calls are negative. */
function rejection(reason: AnyReason): Cause {
  const [statusCode = 0] = [...reasonOfCode].find(([, meant]) => meant === reason) ?? [];
  return {
    says: `8x8 answers with its code ${statusCode}.`,
    send: statusCode < 0 ? { channel: "voice" } : {},
    fault: "not-created",
    statusCode,
  };
}

const titles = {
  accepted: "The code is sent",
  unavailable: "8x8 is unavailable",
  unconfirmed: "8x8 gives no clear answer",
  unauthenticated: "The secret is wrong",
  malformed: "The request is malformed",
  refused: "The app refuses",
  rejected: "8x8 rejects the code",
} as const;

const outcomes: readonly (Offered & Cause & { readonly group: string })[] = [
  ...Object.entries(accepted).map(([name, cause]) => ({
    ...cause,
    id: name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-"),
    name,
    outcome: "accepted",
    group: "accepted",
  })),
  ...Object.entries(causes).map(([reason, cause]) => {
    const group = reasons[reason as AnyReason].outcome;
    const name = reason.charAt(0).toUpperCase() + reason.slice(1).replaceAll("-", " ");
    return { ...cause, id: reason, name, outcome: `${group} ${reason}`, group };
  }),
];

export const outcomeGroups: AppAnswer["outcomes"] = Object.entries(titles).map(
  ([wanted, title]) => ({ title, offered: outcomes.filter(({ group }) => group === wanted) }),
);

/** If 8x8 must fail, switches 8x8's fault on once. Throws a Refusal for an unknown outcome. */
export function prepareOutcome(
  wanted: string,
  switchFault: (fault: object) => void,
): Omit<RequestedOutcome, "body"> & { readonly newBody: () => string } {
  const found = outcomes.find(({ id }) => id === wanted);
  if (found === undefined) {
    const groups = outcomeGroups.map(
      ({ title, offered }) => `  ${title}: ${offered.map(({ id }) => id).join(", ")}`,
    );
    throw new Refusal(
      400,
      `There is no outcome ${JSON.stringify(wanted)}. The outcomes are:\n${groups.join("\n")}`,
    );
  }
  const { outcome, send = {}, fault, statusCode, repeat = 1 } = found;
  if (fault !== undefined) switchFault({ fault, ...(statusCode && { statusCode }), times: 1 });
  return {
    newBody: () => newHook({ channel: "sms", phoneNumber: "+12025550123", ...send }),
    outcome,
    wrongSecret: send.wrongSecret ?? false,
    repeat,
  };
}
