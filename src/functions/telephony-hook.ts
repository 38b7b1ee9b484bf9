import type { Deadline } from "../8x8/client.ts";
import type { Deliver } from "../8x8/deliver.ts";
import { decide, type DeliveryRules } from "../delivery/decide.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import { authenticate, type Authentication } from "../okta/authenticate.ts";
import { bodyLimitBytes, isMalformed, malformed, parseHook, type Malformed } from "../okta/request.ts";
import type { Secret } from "../secrets.ts";
import type { Run } from "./hook-frame.ts";
import type { HookRequest } from "./hook-invocation.ts";
import { stopwatch } from "./otp-delivery-event.ts";

export interface TelephonyHook {
  /** The header in which Okta sends the hook secret. */
  readonly authHeader: string;
  readonly hookSecret: Secret;
  readonly rules: DeliveryRules;
  readonly deliver: Deliver;
}

/** The way of a request: authenticate, parse, decide, send. */
export function createTelephonyHook({ authHeader, hookSecret, rules, deliver }: TelephonyHook): Run {
  return async (request, story, deadline) => {
    const lap = stopwatch(story);
    const authentication = await authenticateHook(request.headers.get(authHeader), deadline);
    lap("authenticateMs");
    if (authentication === "secrets-not-loaded") return { outcome: "unavailable", reason: authentication };
    if (!authentication.ok) return { outcome: "unauthenticated", reason: authentication.reason };
    story.secretVersion = authentication.secretVersion;

    const delivery = await readDelivery(request);
    lap("parseMs");
    if (isMalformed(delivery)) return { outcome: "malformed", ...delivery };
    story.delivery = delivery;

    const decision = decide(delivery, rules, new Date());
    lap("decideMs");
    story.decision = decision;
    if (!decision.send) return { outcome: "refused", reason: decision.refused };

    const delivered = await deliver(delivery, decision.phoneNumber, deadline);
    lap("sendMs");
    story.delivered = delivered;
    return delivered.outcome;
  };

  /** An unknown secret may be one that has just been rotated in, so the vault is asked once more. */
  async function authenticateHook(
    header: string | null,
    deadline: Deadline,
  ): Promise<Authentication | "secrets-not-loaded"> {
    if (header === null || header === "") return { ok: false, reason: "no-header" };
    const versions = await hookSecret.get(deadline);
    if (versions.length === 0) return "secrets-not-loaded";
    const authentication = authenticate(header, versions);
    return authentication.ok ? authentication : authenticate(header, await hookSecret.reload(deadline));
  }
}

async function readDelivery(request: HookRequest): Promise<OtpDelivery | Malformed> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(contentType)) return malformed("wrong-content-type");
  const body = await request.text();
  if (Buffer.byteLength(body) > bodyLimitBytes) return malformed("too-large");
  return parseHook(body);
}
