import type { ArmedFault } from "../armed-fault.ts";
import type { ApiFault } from "./sandbox.ts";
import type { Answer } from "./api.ts";
import { httpError } from "./sms.ts";

/**
 * Answers GET /api/v1/accounts/{accountId}/balance. Only prepaid accounts have a balance. Other
 * accounts get a 403 with a code. Returns undefined for another path.
 * https://developer.8x8.com/connect/reference/get-account-balance
 */
export function createBalance(
  accountId: string,
  dollars: number | undefined,
  faults: Pick<ArmedFault<ApiFault>, "current">,
) {
  return (path: string, refused: Answer | undefined): Answer | undefined => {
    if (path !== `/api/v1/accounts/${accountId}/balance`) return undefined;
    if (refused !== undefined) return refused;
    if (dollars === undefined)
      return {
        status: 403,
        body: { ...httpError(403).body, code: 1201, message: "Account not in prepaid mode" },
      };
    const balance = faults.current()?.fault.fault.fault === "no-credit" ? 0 : dollars;
    return { status: 200, body: { balance, currency: "USD" } };
  };
}
