import * as z from "zod";
import { eightByEight } from "./environment/8x8.ts";
import { azure } from "./environment/azure.ts";
import { guard } from "./environment/guard.ts";
import { okta } from "./environment/okta.ts";
import { phone } from "./environment/phone.ts";
import { secondHook } from "./environment/second-hook.ts";
import { wholeNumber } from "./environment/validators.ts";

declare module "zod" {
  interface GlobalMeta {
    needed?: "always" | "in Azure" | "with tokens";
    setByTemplate?: true;
    onLaptop?: string;
  }
}

/**
 * From these settings, `npm run generate` writes docs/configure.md, infra/types.bicep and
 * local.settings.json.example.
 */
export const environment = z.object({
  ...azure,
  ...okta,
  ...eightByEight,
  ...secondHook,
  ...phone,
  ...guard,
});

/** A request may take ten minutes, because a person may step through it in a debugger. */
export const environmentOnLaptop = environment.extend({
  HOOK_BUDGET_MS: wholeNumber(500, 600_000).optional(),
});

export type Environment = z.infer<typeof environment>;

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

export type Given = Readonly<Record<string, string | undefined>>;
