import * as z from "zod";
import { eightByEight } from "./environment/8x8.ts";
import { azure } from "./environment/azure.ts";
import { guard } from "./environment/guard.ts";
import { okta } from "./environment/okta.ts";
import { phone } from "./environment/phone.ts";
import { secondHook } from "./environment/second-hook.ts";
import { wholeNumber } from "./environment/validators.ts";

declare module "zod" {
  /** Facts about a setting, beside its `description`. */
  interface GlobalMeta {
    /** When the setting is required. */
    needed?: "always" | "in Azure" | "with tokens";
    /** The template sets it, so an environment's parameters do not. */
    setByTemplate?: true;
    /** Its value in local.settings.json.example, if that is not the default. */
    onLaptop?: string;
  }
}

/**
 * Every setting, with its validator, default and description, in the order of the documents. From
 * here, `npm run generate` writes the table of docs/configure.md, `hookSettings` of
 * infra/types.bicep, and local.settings.json.example.
 */
export const environment = z.object({
  ...azure,
  ...okta,
  ...eightByEight,
  ...secondHook,
  ...phone,
  ...guard,
});

/** Ten minutes for a request, so that a person can step through it in a debugger. */
export const environmentOnLaptop = environment.extend({
  HOOK_BUDGET_MS: wholeNumber(500, 600_000).optional(),
});

export type Environment = z.infer<typeof environment>;

export const settingNames = Object.keys(environment.shape) as (keyof Environment)[];

/** The environment variables, before they are validated. */
export type Given = Readonly<Record<string, string | undefined>>;
