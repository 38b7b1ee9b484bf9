import type { FakeAzure } from "../../sandbox/azure.ts";
import { createEventHook, hookBody, type Delivery, type EventHook, type HookChanges } from "../../sandbox/okta.ts";
import { inAzure, startAzureHere, startBridge, type Bridge, type BridgeProcess, type HookAnswer } from "../bridge.ts";

export const eventSecret = "the-event-secret-of-the-tests";

export const requestTypes = {
  signIn: "com.okta.user.telephony.mfa-verification",
  enrollment: "com.okta.user.telephony.pre-enrollment",
  reset: "com.okta.user.telephony.password-reset",
};

export type OutcomesInAzure = OutcomesIn<Bridge>;

export interface OutcomesIn<B> {
  readonly azure: FakeAzure;
  readonly bridge: B;
  readonly okta: EventHook;
  /** Okta with another secret, or none. */
  readonly oktaWith: (secret: string | undefined) => EventHook;
  /** A code by SMS to a number in Germany, to sign in. */
  readonly send: (changes?: HookChanges) => Promise<HookAnswer>;
  /** Ends the process, which sends all that waits; then the properties of the events of that name. */
  readonly eventsNamed: (name: string) => Promise<Record<string, string>[]>;
  stop(): Promise<void>;
}

export interface StartIn<B> {
  startAzure(): Promise<FakeAzure>;
  start(settings: Record<string, string>): Promise<B>;
}

/** The program as in Azure, with the secret of Okta's events in the vault. `settings` may prepare Azure for it. */
export function startOutcomes(settings?: (azure: FakeAzure) => Record<string, string>): Promise<OutcomesInAzure> {
  return startOutcomesIn({ startAzure: startAzureHere, start: startBridge }, settings);
}

export async function startOutcomesIn<B extends Bridge | BridgeProcess>(
  startIn: StartIn<B>,
  settings: (azure: FakeAzure) => Record<string, string> = ({ tables }) => ({ STATE_TABLE_URL: tables.url }),
): Promise<OutcomesIn<B>> {
  const azure = await startIn.startAzure();
  azure.vault.set("okta-event-secret", [{ value: eventSecret }]);
  const bridge = await startIn.start({ ...inAzure(azure), ...settings(azure) });
  const oktaWith = (secret: string | undefined) => createEventHook(`${bridge.app.url}/api/okta/events`, secret);
  return {
    ...{ azure, bridge, oktaWith },
    okta: oktaWith(eventSecret),
    send: ({ envelope, ...changes }: HookChanges = {}) =>
      bridge.post(
        hookBody({
          messageProfile: { phoneNumber: "+4915123456789" },
          ...changes,
          envelope: { requestType: requestTypes.signIn, ...envelope },
        }),
      ),
    async eventsNamed(name) {
      await bridge.app.stop();
      return azure.ingestion.events(name).map(({ properties }) => properties);
    },
    async stop() {
      await bridge.stop();
      await azure.close();
    },
  };
}

export const statusesOf = (deliveries: readonly Delivery[]) => deliveries.map(({ status }) => status);
