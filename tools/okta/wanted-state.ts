import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { folderOf, runningApps } from "../running-app.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { refuseTracked } from "./kept-file.ts";

// What infra/environments/<environment>/okta.json may hold. No secret: those are in Key Vault. At
// most 1,024 characters, no white space:
// https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook Nor what
// Node and Okta could read as two hosts: a backslash, a letter that is not ASCII.
const url = z
  .string()
  .max(1024)
  .regex(/^[!-[\]-~]+$/, "is not a URL in plain letters")
  .refine((text) => {
    const read = URL.parse(text);
    return read !== null && isSafe(read);
  }, "is not an https URL without a user in it");
const org = url.refine(
  (text) => URL.parse(text)?.origin === text,
  "is more than https:// and a host",
);
export const id = z.string().regex(/^[\w-]{1,64}$/, "is not an id of Okta's");
const name = z.string().trim().min(1).max(255);
/** Of Okta's phone authenticator, and what that is allowed for. */
export const phoneMethods = ["sms", "voice"] as const;
export const phoneUses = ["any", "recovery", "sso", "none"] as const;

const hookBySecret = z.strictObject({
  name,
  url,
  auth: z.literal("secret"),
  /** The header of the hook secret: OKTA_AUTH_HEADER. */
  header: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "is not the name of a header"),
});
const hookByToken = z.strictObject({
  name,
  url,
  auth: z.literal("token"),
  /** Of a custom authorization server: https://{org}/oauth2/{id}/v1/token. */
  tokenUrl: url,
  clientId: id,
  scope: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "is not one scope"),
  hookKeyId: id,
});

const wantedState = z.strictObject({
  org,
  /** The service app that this command signs in as. */
  clientId: id,
  hook: z.discriminatedUnion("auth", [hookBySecret, hookByToken]),
  phone: z.strictObject({
    /**
     * What a phone authenticator is called that is yet to be made. One that is there keeps its
     * name.
     */
    name: name.optional(),
    sms: z.boolean(),
    voice: z.boolean(),
    allowedFor: z.enum(phoneUses),
  }),
  /** The event hook of codes that were used. Absent: none is managed. */
  events: z.strictObject({ name, url, filter: z.boolean() }).optional(),
});

export type WantedState = z.infer<typeof wantedState>;
export type WantedHook = WantedState["hook"];
export type WantedEvents = NonNullable<WantedState["events"]>;

/** What the repository came with, and nobody's org: no call is made with it. */
const example = /\bexample\b|EXAMPLE/i;

/**
 * The environment of an org whose hook is this machine for a time. `npm start -- --public-url`
 * writes its file.
 */
export const laptop = "laptop";
export const laptopFile = "tools/local/okta.laptop.json";
/**
 * The environment of a made-up org beside `npm start`, which writes the file that this variable
 * names.
 */
export const local = "local";
export const stateVariable = "LOCAL_OKTA_STATE";

/**
 * Throws where the file is missing, is not of this form, or still holds an example. Says which
 * field, never its value.
 */
export function readWantedState(environment: string): WantedState {
  const file = fileOf(environment);
  if (environment === laptop) refuseTracked(file);
  const state = parseWantedState(readText(file), file);
  // A sign-in with a key or a token of a real org goes to no other org than the one that it is for.
  if (environment === local && !isLoopback(new URL(state.org)))
    throw new Error(
      `${stateVariable} names a file whose org is not on this machine. ${howToFindOrg()}`,
    );
  if (holdsExamples(state))
    throw new Error(`${file} still holds examples: put your org, client id and URLs there.`);
  return state;
}

function fileOf(environment: string): string {
  if (environment === laptop) return laptopFile;
  if (environment !== local) return `infra/environments/${environment}/okta.json`;
  const file = process.env[stateVariable];
  if (!file)
    throw new Error(`This terminal does not know which npm start is meant. ${howToFindOrg()}`);
  if (!existsSync(file))
    throw new Error(`The npm start that this terminal knows has stopped. ${howToFindOrg()}`);
  return file;
}

export const howToFindAzure =
  "Run npm start -- --azure in another terminal, and here the line `source …` that it prints.";

/** How a terminal gets to know a running `npm start`. The user chooses if there are several. */
export function howToFindOrg(): string {
  const files = runningApps()
    .map(({ url }) => `${folderOf(url)}/env`)
    .filter((file) => existsSync(file));
  return files.length === 0
    ? howToFindAzure
    : `Run here: ${files.map((file) => `source ${file}`).join(", or: ")}`;
}

/** Throws where the text is not of this form. Says which field, never its value. */
export function parseWantedState(text: string, file: string): WantedState {
  const read = wantedState.safeParse(parsed(text, file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${path.join(".") || "it"}: ${message}`,
  );
  throw new Error(
    `${file} has not the form that docs/okta-as-code.md describes. ${problems.join("; ")}`,
  );
}

export function holdsExamples({ org, clientId, hook }: WantedState): boolean {
  return [org, clientId, hook.url].some((value) => example.test(value));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Error(
      `There is no ${file}. The environment is local, laptop or the name of a folder in infra/environments/.`,
    );
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}
