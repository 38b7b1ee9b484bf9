/** Options for tests that reach a person or disturb the app, with what each test does. */
export const asks = {
  phone: "two SMS (one with a wrong sender), with voice one call, at your 8x8 prices",
  "sign-in": "you sign in once, by SMS or call, and type the code in",
  restart: "the app restarts under a hook each second: codes may be late for two minutes",
  "cold-start": "the app is stopped and started: no code is sent for some seconds",
  alert: "those on call get a test alert",
} as const;
export type Ask = keyof typeof asks;
export const askNames = Object.keys(asks) as Ask[];
/** The option as an operator types it. */
export const optionOf = (ask: Ask): string => (ask === "phone" ? "--phone +…" : `--${ask}`);
