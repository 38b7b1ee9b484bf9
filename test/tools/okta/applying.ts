import {
  startOktaOrg,
  type OktaOrg,
  type OktaOrgOptions,
} from "../../../tools/sandbox/okta/management/org.ts";
import { createApi, type ApiOptions } from "../../../tools/okta/api.ts";
import { apply } from "../../../tools/okta/apply.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { createPlan, look, type Plan } from "../../../tools/okta/plan.ts";
import type { Verified } from "../../../tools/okta/verify.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { judgeCalls } from "../../okta-documents/judged-calls.ts";
import { apiToken, asAdministrator } from "./signed-in.ts";

export const url = "http://127.0.0.1:9/hook";
export const secret = "the-hook-secret-of-the-tests";
export const bySecret = { name: "8x8", url, auth: "secret", header: "Authorization" } as const;

const started: OktaOrg[] = [];
/** Starts an org for one test. After the test, every call must conform to Okta's documents. */
export async function startOrg(options: OktaOrgOptions = {}): Promise<OktaOrg> {
  const org = await startOktaOrg({ apiToken, ...options });
  started.push(org);
  return org;
}
afterEach(async () => {
  for (const org of started.splice(0)) {
    await org.close();
    expect(judgeCalls(org.calls)).toEqual([]);
    expect(org.calls.filter(({ call }) => call.startsWith("DELETE"))).toEqual([]);
  }
});

export function wantedOf(org: OktaOrg): WantedState {
  return {
    org: org.url,
    clientId: "0oa1",
    hook: bySecret,
    phone: { sms: true, voice: false, allowedFor: "any" },
  };
}

interface OtherHook {
  readonly uri?: string;
  readonly headers?: { readonly key: string; readonly value: string }[];
}

/** Adds a telephony hook to the org without an API call, and returns the hook's id. */
export function addHook(
  org: OktaOrg,
  name: string,
  status: "ACTIVE" | "INACTIVE",
  other: OtherHook = {},
): string {
  const authScheme = { type: "HEADER" as const, key: "x-key", value: "other-secret" };
  const config = {
    uri: "http://127.0.0.1:9/other",
    headers: [...(other.headers ?? [])],
    authScheme,
  };
  const channel = {
    type: "HTTP" as const,
    version: "1.0.0" as const,
    config: { ...config, uri: other.uri ?? config.uri },
  };
  return org.hooks.add({ name, version: "1.0.0", channel }, status).id;
}

export async function planOf(org: OktaOrg, wanted: WantedState, takeOver?: string): Promise<Plan> {
  return createPlan(wanted, await look(createOrg(createApi(org.url, asAdministrator)), wanted), {
    takeOver,
  });
}

interface ApplyOptions extends ApiOptions {
  readonly takeOver?: string | undefined;
  /** Result of each check of the hook, in order. The last result repeats. */
  readonly works?: readonly boolean[];
  /** Called when a check of the hook fails. */
  readonly onUnproved?: () => void;
}

/**
 * Applies the plan with simulated checks of the hook (tokens.test.ts has real checks). Returns the
 * printed lines, and the error if apply threw one.
 */
export async function applyTo(org: OktaOrg, wanted: WantedState, options: ApplyOptions = {}) {
  const api = createOrg(createApi(org.url, asAdministrator, options));
  const said: string[] = [];
  const answers = [...(options.works ?? [true])];
  const prove = (): Promise<Verified> => {
    const works = answers.length > 1 ? answers.shift() : answers[0];
    if (works !== true) options.onUnproved?.();
    return Promise.resolve(
      works === true
        ? { proved: true, details: { outcome: "refused" } }
        : { proved: false, words: "It is a 401." },
    );
  };
  const found = await look(api, wanted);
  const made = createPlan(wanted, found, { takeOver: options.takeOver });
  const secrets = {
    hook: wanted.hook.auth === "secret" ? secret : undefined,
    events: secret,
    before: "other-secret",
  };
  const say = (line: string) => said.push(line);
  const error: unknown = await apply(made, { org: api, wanted, found, secrets, say, prove }).catch(
    (thrown: unknown) => thrown,
  );
  return { said, error };
}

/** Returns the org's calls except GETs, in order. */
export function changesOf(org: OktaOrg): string[] {
  return org.calls.map(({ call }) => call).filter((call) => !call.startsWith("GET"));
}

export const doing = ({ changes }: Plan): string[] => changes.map((change) => change.do);
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : "");
