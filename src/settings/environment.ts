import * as z from "zod";
import { eightByEight } from "./environment/8x8.ts";
import { azure } from "./environment/azure.ts";
import { guard } from "./environment/guard.ts";
import { okta } from "./environment/okta.ts";
import { phone } from "./environment/phone.ts";

declare module "zod" {
  /** What is said of a setting, beside its `description`. */
  interface GlobalMeta {
    /** Where it may not be absent. */
    needed?: "always" | "in Azure" | "with tokens";
    /** The template sets it, so that an environment's parameters do not. */
    setByTemplate?: true;
    /** Its value in local.settings.json.example, where that is not the default. */
    onLaptop?: string;
  }
}

/**
 * Every setting there is, with its form, its default and its meaning, which stand nowhere else:
 * `npm run generate` writes the table of docs/configure.md, `hookSettings` of infra/types.bicep and
 * local.settings.json.example from them, in this order.
 */
export const environment = z.object({ ...azure, ...okta, ...eightByEight, ...phone, ...guard });

export type Environment = z.infer<typeof environment>;
