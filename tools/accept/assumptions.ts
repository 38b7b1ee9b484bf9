import type { Assumption } from "./assumption.ts";
import { accountAt8x8 } from "./assumptions/account-at-8x8.ts";
import { app } from "./assumptions/app.ts";
import { azure } from "./assumptions/azure.ts";
import { disturbing } from "./assumptions/disturbing.ts";
import { eightByEight } from "./assumptions/eight-by-eight.ts";
import { at8x8 } from "./assumptions/looked-at-8x8.ts";
import { inAzure } from "./assumptions/looked-at-azure.ts";
import { atOkta } from "./assumptions/looked-at-okta.ts";
import { okta } from "./assumptions/okta.ts";
import { signInOnce } from "./assumptions/sign-in.ts";

/** The assumptions in the order of their tests. Tests that reach a person come last. */
export const parts = {
  "The app, from here": app,
  "Azure, sending nothing": azure,
  "Okta, sending nothing": okta,
  "8x8, sending nothing": accountAt8x8,
  "Disturbing the app": disturbing,
  "8x8, to one phone": eightByEight,
  "One person signs in": signInOnce,
  "In Azure, only looked at": inAzure,
  "At Okta, only looked at": atOkta,
  "At 8x8, only looked at": at8x8,
} satisfies Readonly<Record<string, readonly Assumption[]>>;

export const assumptions: readonly Assumption[] = Object.values(parts).flat();
