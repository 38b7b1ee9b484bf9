/** Options for tests that reach a person or disturb the app, with what each test does. */
export const asks = {
  phone: "sends two paid SMS, one with a wrong sender, and calls if the app has voice",
  "sign-in": "asks you to sign in once with a code by SMS or call",
  restart: "restarts the app, and calls it each second: codes may be late for 2 min",
  "cold-start": "stops the app and starts it again: no code is sent for some seconds",
  alert: "sends a test alert to the people on call",
} as const;
export type Ask = keyof typeof asks;
/** A run on a laptop sets these options itself. Its messages go to the phone page. */
export const laptopsOwn: readonly Ask[] = ["phone", "sign-in"];
export const askNames = Object.keys(asks) as Ask[];
/** The option as an operator types it. */
export const optionOf = (ask: Ask): string => (ask === "phone" ? "--phone +…" : `--${ask}`);
