import { hookBody, type HookChanges } from "../../tools/sandbox/okta.ts";
import { startSecondHook, type SecondHook } from "../../tools/sandbox/second-hook.ts";
import { startApp, type App } from "../app.ts";

export const secondSecret = "Basic c2Vjb25kOmhvb2s=";

let codes = 0;

export function code({ envelope, messageProfile, ...changes }: HookChanges = {}): object {
  codes += 1;
  return hookBody({
    ...changes,
    envelope: {
      eventId: `uS5871kJThSsU8${String(codes).padStart(8, "q")}`,
      requestType: "com.okta.user.telephony.mfa-verification",
      ...envelope,
    },
    messageProfile: { phoneNumber: "+4915123456789", otpExpires: undefined, ...messageProfile },
  });
}

export const call = { deliveryChannel: "voice call", msgTemplate: undefined };

export interface TwoProviders {
  readonly app: App;
  readonly second: SecondHook;
  /**
   * The provider of each request since the last call of this function. 8x8's come first. With
   * `false`, the next call returns these requests again.
   */
  asked(forgets?: boolean): string[];
  close(): Promise<void>;
}

export async function startTwo(
  settings: Readonly<Record<string, string>> = {},
  options: { readonly header?: string } = {},
): Promise<TwoProviders> {
  const second = await startSecondHook({ secret: secondSecret, ...options });
  const app = await startApp({ ...second.env, ...settings });
  const seen = { "8x8": 0, "second-hook": 0 };
  return {
    app,
    second,
    asked(forgets = true) {
      const now = {
        "8x8": app.eightByEight.requests.length,
        "second-hook": second.requests.length,
      };
      const names = (["8x8", "second-hook"] as const).flatMap((name) =>
        Array<string>(now[name] - seen[name]).fill(name),
      );
      if (forgets) Object.assign(seen, now);
      return names;
    },
    async close() {
      await app.stop();
      await second.close();
    },
  };
}
