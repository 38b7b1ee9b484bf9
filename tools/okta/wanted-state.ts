import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { isOktaHost } from "../../src/okta/words.ts";
import { isLoopback, isSafe } from "../../src/settings/environment/validators.ts";
import { refuseTracked } from "../untracked-file.ts";
import { commandLine } from "../command-line.ts";
import { environmentFolder } from "../environment-folder.ts";

// The format of environments/<environment>/okta.json, which has no secrets.

// Okta allows 1,024 characters without white space:
// https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook
// A URL must not have backslashes or non-ASCII letters, because Node and Okta could read different
// hosts from it.
const url = z
  .string()
  .max(1024)
  .regex(/^[!-[\]-~]+$/, "must be a URL in ASCII, without spaces and backslashes")
  .refine((text) => {
    const read = URL.parse(text);
    return read !== null && isSafe(read);
  }, "must be an https URL without a user name");
const org = url.refine((text) => URL.parse(text)?.origin === text && !orgOfConsole(text), {
  error: ({ input }) => {
    const own = orgOfConsole(String(input));
    return own === undefined
      ? "must be only https:// and a host"
      : `is the address of the Admin Console. Use ${own}`;
  },
});
const id = z.string().regex(/^[\w-]{1,64}$/, "must be an Okta id");
const name = z.string().trim().min(1).max(255);

const hookBySecret = z.strictObject({
  name,
  url,
  auth: z.literal("secret"),
  /** Name of the header with the hook secret, as in the setting OKTA_AUTH_HEADER. */
  header: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "must be the name of a header"),
});
const hookByToken = z.strictObject({
  name,
  url,
  auth: z.literal("token"),
  /** Token endpoint of a custom authorization server: https://{org}/oauth2/{id}/v1/token. */
  tokenUrl: url,
  clientId: id,
  scope: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be a single scope"),
  hookKeyId: id,
});

const wantedState = z.strictObject({
  org,
  /** Client id of the service app that the commands sign in as. */
  clientId: id,
  hook: z.discriminatedUnion("auth", [hookBySecret, hookByToken]),
  /** Ignored. In earlier versions, `phone` set up the phone authenticator. */
  phone: z.unknown().optional(),
  /** The event hook. If `events` is missing, no command reads or changes an event hook. */
  events: z.strictObject({ name, url, filter: z.boolean() }).optional(),
});

export type WantedState = z.infer<typeof wantedState>;
export type WantedHook = WantedState["hook"];
export type WantedEvents = NonNullable<WantedState["events"]>;

const example = /\bexample\b|EXAMPLE/i;

/** A hook on this machine. `start --public-url` writes the environment's file, which git ignores. */
export const laptop = "laptop";
export const laptopFile = ".cache/okta.laptop.json";
/** The simulated org. `start` writes the file whose path is in LOCAL_OKTA_STATE. */
export const local = "local";
export const stateVariable = "LOCAL_OKTA_STATE";

/** Throws if the file is missing, invalid or still an example. Names the field, never its value. */
export function readWantedState(environment: string): WantedState {
  const file = fileOf(environment);
  if (environment === laptop) refuseTracked(file);
  const state = parseWantedState(readText(file), file);
  // Refuse an org on another machine, because that machine must not get this terminal's sign-in.
  if (environment === local && !isLoopback(new URL(state.org)))
    throw new Error(
      `${stateVariable} must name a file that \`start\` wrote, but its org has the address of another machine. ${howToFindAzure}`,
    );
  if (holdsExamples(state))
    throw new Error(
      `${file} still has example values. Replace org, clientId and hook.url with your own values.`,
    );
  return state;
}

function fileOf(environment: string): string {
  if (environment === laptop) return laptopFile;
  if (environment !== local) return `${environmentFolder(environment)}/okta.json`;
  const file = process.env[stateVariable];
  if (file && existsSync(file)) return file;
  throw new Error(`This terminal is not connected to a running app. ${howToFindAzure}`);
}

export const howToFindAzure = `In another terminal, run: ${commandLine("start", "--azure")}
That command prints a line \`source …\`. Run the line in this terminal.`;

/** Throws if the text is invalid. Names the field, never its value. */
export function parseWantedState(text: string, file: string): WantedState {
  const read = wantedState.safeParse(parsed(text, file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${path.join(".") || "the file"}: ${message}`,
  );
  throw new Error(
    `${file} does not have the format in docs/okta-as-code.md. ${problems.join("; ")}`,
  );
}

/** Returns the org's address for a URL of its Admin Console, which people often copy. */
export function orgOfConsole(text: string): string | undefined {
  const host = URL.parse(text)?.host ?? "";
  return isOktaHost(host) && /^[^.]+-admin\./.test(host)
    ? `https://${host.replace("-admin.", ".")}`
    : undefined;
}

export function holdsExamples({ org, clientId, hook }: WantedState): boolean {
  return [org, clientId, hook.url].some((value) => example.test(value));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Error(
      `${file} does not exist. The environment must be local, laptop or a folder in environments/.`,
    );
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not valid JSON.`);
  }
}
