import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import {
  hookBody,
  type Delivery,
  type EventHook,
  type HookChanges,
} from "../../tools/sandbox/okta.ts";
import {
  createEventHookOf,
  inAzure,
  startAzureHere,
  startApp,
  type App,
  type AppProcess,
  type HookAnswer,
} from "../app.ts";

export const eventSecret = "the-event-secret-of-the-tests";

export const requestTypes = {
  signIn: "com.okta.user.telephony.mfa-verification",
  enrollment: "com.okta.user.telephony.pre-enrollment",
  reset: "com.okta.user.telephony.password-reset",
};

export type OutcomesInAzure = OutcomesIn<App>;

export interface OutcomesIn<B> {
  readonly azure: FakeAzure;
  readonly app: B;
  readonly okta: EventHook;
  readonly oktaWith: (secret: string | undefined) => EventHook;
  readonly send: (changes?: HookChanges) => Promise<HookAnswer>;
  readonly stopAndReadEvents: (name: string) => Promise<Record<string, string>[]>;
  readonly stop: () => Promise<void>;
}

export interface StartIn<B> {
  startAzure(): Promise<FakeAzure>;
  start(settings: Record<string, string>): Promise<B>;
}

/** The callback may change the stand-ins before the app starts. */
export function startOutcomes(
  settings?: (azure: FakeAzure) => Record<string, string>,
): Promise<OutcomesInAzure> {
  return startOutcomesIn({ startAzure: startAzureHere, start: startApp }, settings);
}

export async function startOutcomesIn<B extends App | AppProcess>(
  startIn: StartIn<B>,
  settings: (azure: FakeAzure) => Record<string, string> = ({ tables }) => ({
    STATE_TABLE_URL: tables.url,
  }),
): Promise<OutcomesIn<B>> {
  const azure = await startIn.startAzure();
  azure.vault.set("okta-event-secret", [{ value: eventSecret }]);
  const app = await startIn.start({ ...inAzure(azure), ...settings(azure) });
  const oktaWith = (secret: string | undefined) => createEventHookOf(app, secret);
  return {
    azure,
    app,
    oktaWith,
    okta: oktaWith(eventSecret),
    send: ({ envelope, ...changes }: HookChanges = {}) =>
      app.post(
        hookBody({
          messageProfile: { phoneNumber: "+4915123456789" },
          ...changes,
          envelope: { requestType: requestTypes.signIn, ...envelope },
        }),
      ),
    async stopAndReadEvents(name) {
      await app.stop();
      return azure.ingestion.events(name).map(({ properties }) => properties);
    },
    async stop() {
      await app.stop();
      await azure.close();
    },
  };
}

export const statusesOf = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ status }) => status);
