import { openPolicy } from "../rules/sample-code-request.ts";
import { createTelephonyHook } from "../../src/functions/telephony-hook.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { callHandler } from "./call-handler.ts";

test("if sending throws, the hook answers 503 and the code does not count", async () => {
  let counted = 0;
  const { status } = await callHandler(
    (http) =>
      createTelephonyHook(http, {
        budgetMs: 2_000,
        authenticate: () => Promise.resolve({ ok: true, by: "secret", secretVersion: 1 }),
        ids: { hash: String },
        rules: { phonePolicy: openPolicy, isOn: () => true },
        guard: {
          judge() {
            counted += 1;
            return { ok: true };
          },
          settle(_, { attempts }) {
            if (attempts.length === 0) counted -= 1;
          },
        },
        apiKey: { current: () => [] },
        send: () => Promise.reject(new Error("a bug")),
        remember: () => undefined,
        answerPolicy: { refused: "failed", unconfirmed: "failed" },
        phoneHashKey: () => undefined,
      }),
    hookBody({ messageProfile: { phoneNumber: "+12025550123" } }),
  );
  expect([status, counted]).toEqual([503, 0]);
});
