import type { CodeRequest } from "./code-request.ts";
import { parsePhoneNumber, type PhoneNumber } from "./phone-number.ts";
import { judgePhoneNumber, type PhonePolicy } from "./phone-policy.ts";
import type { PolicyReason } from "./reasons.ts";

interface Rules {
  readonly phonePolicy: PhonePolicy;
  readonly whyNot: (codeRequest: CodeRequest, phoneNumber: PhoneNumber) => PolicyReason | undefined;
}

/** Okta's clock and the app's clock differ, so a code that expired just now may still work. */
const clockToleranceMs = 60_000;

/** In record mode, a code that the policy would refuse has a `policyReason`. */
export function decide(codeRequest: CodeRequest, { phonePolicy, whyNot }: Rules, now: Date) {
  const parsed = parsePhoneNumber(codeRequest.phoneNumber, phonePolicy.defaultCountry);
  if (!parsed.ok) return refuse(parsed.reason, undefined);
  const { phoneNumber } = parsed;
  // The policy comes first, because only its refusals can be suppressed. After any other refusal,
  // Okta's own provider may send the code.
  const policyReason = judgePhoneNumber(phoneNumber, phonePolicy);
  if (policyReason !== undefined && phonePolicy.mode === "enforce")
    return refuse(policyReason, phoneNumber);
  const unsendable = whyNot(codeRequest, phoneNumber);
  if (unsendable !== undefined) return refuse(unsendable, phoneNumber);
  const { expiresAt } = codeRequest;
  const remainingMs = (expiresAt?.getTime() ?? Infinity) - now.getTime();
  if (remainingMs <= -clockToleranceMs) return refuse("expired-code", phoneNumber);
  return {
    ok: true,
    phoneNumber,
    policyReason,
    expiresAt: remainingMs > 0 ? expiresAt : undefined,
  } as const;
}

function refuse(reason: PolicyReason, phoneNumber: PhoneNumber | undefined) {
  return { ok: false, outcome: "refused", reason, phoneNumber } as const;
}
