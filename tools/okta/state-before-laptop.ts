import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { Found } from "./plan.ts";
import { refuseTracked } from "./untracked-file.ts";
import { id, laptopFile, phoneMethods, phoneUses, type WantedState } from "./wanted-state.ts";
import { parseJson } from "../../src/privacy/json.ts";

const status = z.enum(["ACTIVE", "INACTIVE"]);
/** State of an org before `apply --env laptop`, without secrets and names. */
const before = z.strictObject({
  org: z.string(),
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
 * Writes the file only if it does not exist, because a second `apply` would find the laptop's own
 * hook. Throws if the file belongs to another org.
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
      // Leave out uses and methods that okta.json cannot name, because apply does not change them.
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
    throw new Error(
      `There is nothing to restore, because ${file} does not exist. The command apply --env laptop writes the file.`,
    );
  refuseTracked(file);
  const read = before.safeParse(parseJson(readFileSync(file, "utf8")));
  if (!read.success)
    throw new Error(
      `${file} does not have the format that apply writes. Restore the org by hand, then delete the file.`,
    );
  if (read.data.org !== org)
    throw new Error(
      `${file} belongs to another org. Restore that org first: put its address into ${laptopFile}.`,
    );
  return read.data;
}

export function forgetBefore(): void {
  rmSync(file);
}
