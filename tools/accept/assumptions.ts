import type { Assumption } from "./assumption.ts";
import { app } from "./assumptions/app.ts";
import { azure } from "./assumptions/azure.ts";
import { disturbing } from "./assumptions/disturbing.ts";
import { eightByEight } from "./assumptions/eight-by-eight.ts";
import { inAzure } from "./assumptions/looked-at-azure.ts";
import { atOktaAnd8x8 } from "./assumptions/looked-at-vendors.ts";
import { okta } from "./assumptions/okta.ts";
import { signInOnce } from "./assumptions/sign-in.ts";

/** In the order in which they are tried: what reaches a person comes after all that does not. */
export const parts = {
  "The app, from here": app,
  "Azure, sending nothing": azure,
  "Okta, sending nothing": okta,
  "Disturbing the app": disturbing,
  "8x8, to one phone": eightByEight,
  "One person signs in": signInOnce,
  "In Azure, only looked at": inAzure,
  "At Okta and 8x8, only looked at": atOktaAnd8x8,
} satisfies Readonly<Record<string, readonly Assumption[]>>;

export const assumptions: readonly Assumption[] = Object.values(parts).flat();
