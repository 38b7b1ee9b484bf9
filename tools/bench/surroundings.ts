import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { createSmsApi } from "../sandbox/8x8/sms.ts";
import { startAzure } from "../sandbox/azure.ts";
import { listen } from "../sandbox/azure/stand-in.ts";
import { hookBody } from "../sandbox/okta.ts";

const hookSecret = "the-hook-secret-of-the-benchmark";
const subAccount = "bench_sms";

/** Okta's request, with a code that is valid for a day. */
export const hook = {
  method: "POST",
  headers: {
    authorization: hookSecret,
    accept: "application/json",
    "content-type": "application/json",
  },
  body: JSON.stringify(
    hookBody({
      messageProfile: {
        phoneNumber: "+12025550123",
        otpExpires: new Date(Date.now() + 86_400_000).toISOString(),
      },
    }),
  ),
} as const;

/** This stand-in for 8x8 uses little CPU, because it always returns the same answer. */
export async function startSurroundings(): Promise<Record<string, string>> {
  const azure = await startAzure({ pageSize: 25 });
  process.on("exit", () => {
    rmSync(azure.env["TMPDIR"] ?? "", { recursive: true, force: true });
  });
  azure.vault.add("okta-hook-secret", { value: hookSecret });
  azure.vault.add("eight-by-eight-api-key", { value: "the-8x8-key-of-the-benchmark" });
  const message = JSON.stringify({ destination: "+12025550123", text: "Your code is 11111" });
  const sms = { subAccount, contentType: "application/json", body: message };
  const accepted = JSON.stringify(createSmsApi(subAccount).send(sms).body);
  const port = await listen(
    createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(200, { "content-type": "application/json" }).end(accepted);
      });
    }),
  );
  return {
    ...azure.env,
    EIGHT_BY_EIGHT_SMS_URL: `http://127.0.0.1:${port}`,
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount,
  };
}
