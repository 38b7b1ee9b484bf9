import { createClient } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import { outcomeOf } from "./reply.ts";

export interface SecondHookSettings {
  readonly url: string;
  /** The header that carries its secret. */
  readonly header: string;
}

/** Tells this app, and a person who reads the other hook's log, that Okta did not send it. */
export const passedOnHeader = "x-passed-on-by";

/**
 * Another provider's telephony hook. It gets Okta's request byte for byte, and no header of Okta's,
 * and sends SMS and calls. A second request could send a second message, so it gets only one.
 */
export function createSecondHook(
  settings: SecondHookSettings | undefined,
  secret: ProviderSecret | undefined,
): Provider | undefined {
  if (settings === undefined || secret === undefined) return undefined;
  const { header } = settings;
  const { origin, pathname } = new URL(settings.url);
  const hook = {
    client: createClient(origin),
    createRequest: ({ body }, _, value) => ({
      path: pathname,
      headers: [
        ...["content-type", "application/json"],
        ...[header, value],
        ...[passedOnHeader, "okta-8x8-telephony"],
      ],
      body: body.expose(),
    }),
    outcomeOf,
  } satisfies Provider["channels"]["sms"];
  return {
    name: "second-hook",
    secret,
    channels: { sms: hook, voice: hook },
    retries: false,
    whyNot: () => undefined,
  };
}
