import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { Found } from "./plan.ts";
import { refuseTracked } from "./kept-file.ts";
import { id, laptopFile, phoneMethods, phoneUses, type WantedState } from "./wanted-state.ts";
import { parseJson } from "../../src/delivery/json.ts";

const status = z.enum(["ACTIVE", "INACTIVE"]);
/**
 * What an org had before a laptop was put in the hook's place. Ids and statuses, no secret and
 * nobody's name.
 */
const before = z.strictObject({
  org: z.string(),
  /** The telephony hook that was active. */
  activeHook: id.optional(),
  phone: z
    .strictObject({
      status,
      allowedFor: z.enum(phoneUses).optional(),
      methods: z.array(z.strictObject({ type: z.enum(phoneMethods), status })),
    })
    .optional(),
});
export type Before = z.infer<typeof before>;

const file = "tools/local/okta.laptop-before.json";

/**
 * Once: a second `apply` finds the laptop's own hook. Throws where another org waits to be
 * restored.
 */
export function rememberBefore({ org }: WantedState, { hooks, phone }: Found): void {
  refuseTracked(file);
  if (existsSync(file)) {
    readBefore(org);
    return;
  }
  const was: Before = {
    org,
    activeHook: hooks.find((hook) => hook.status === "ACTIVE")?.id,
    phone: phone && {
      status: phone.status,
      // What this command has no word for, it does not change either.
      allowedFor: phoneUses.find((use) => use === phone.allowedFor),
      methods: phone.methods.flatMap(({ type, status }) => {
        const known = phoneMethods.find((method) => method === type);
        return known === undefined ? [] : { type: known, status };
      }),
    },
  };
  writeFileSync(file, `${JSON.stringify(was, null, 2)}\n`);
}

export function readBefore(org: string): Before {
  if (!existsSync(file))
    throw new Error(`There is no ${file}: apply writes it, and there is nothing to restore.`);
  refuseTracked(file);
  const read = before.safeParse(parseJson(readFileSync(file, "utf8")));
  if (!read.success)
    throw new Error(`${file} is not what apply writes: put the org back by hand, and delete it.`);
  if (read.data.org !== org)
    throw new Error(
      `${file} is of another org: restore that one first, with its address in ${laptopFile}.`,
    );
  return read.data;
}

export function forgetBefore(): void {
  rmSync(file);
}
