import {
  startOktaOrg,
  type OktaOrg,
  type OktaOrgOptions,
} from "../../../tools/sandbox/okta/management/org.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { apply } from "../../../tools/okta/apply.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { OktaError } from "../../../tools/okta/okta-error.ts";
import { planOf as readPlan, type Plan, type PlanOptions } from "../../../tools/okta/plan.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { judgeCalls } from "../../okta-documents/judged-calls.ts";
import { apiToken, asAdministrator } from "./signed-in.ts";

export const url = "http://127.0.0.1:9/api/okta/telephony";
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
    expectAtMostOneActive(org);
  }
});

/** Okta's central rule: an org never has two active telephony hooks. */
export function expectAtMostOneActive(org: Pick<OktaOrg, "hooks">): void {
  const active = org.hooks.all().filter(({ status }) => status === "ACTIVE");
  expect(active.slice(1)).toEqual([]);
}

export function wantedOf(org: OktaOrg): WantedState {
  return {
    org: org.url,
    clientId: "0oa1",
    hook: bySecret,
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

export const planOf = (org: OktaOrg, wanted: WantedState, options?: PlanOptions): Promise<Plan> =>
  readPlan(createOrg(createApi(org.url, asAdministrator)), wanted, options);

interface ApplyOptions extends PlanOptions {
  /** Whether Okta reaches the app with its secret, in order. The last value repeats. */
  readonly works?: readonly boolean[];
  /** Called when a verification fails. */
  readonly onBroken?: () => void;
}

/**
 * Applies the plan with simulated verifications of the hook (okta.test.ts has real ones). Returns
 * the printed lines, and the error if apply threw one.
 */
export async function applyTo(org: OktaOrg, wanted: WantedState, options: ApplyOptions = {}) {
  const answers = [...(options.works ?? [true])];
  const execute = (): Promise<unknown> => {
    const works = answers.length > 1 ? answers.shift() : answers[0];
    if (works === true) return Promise.resolve(refusedAnswer);
    options.onBroken?.();
    return Promise.reject(new OktaError("POST …/execute", 400, "E0000135"));
  };
  const api = { ...createOrg(createApi(org.url, asAdministrator)), execute };
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const plan = await readPlan(api, wanted, options);
  const secrets = { hook: secret, events: secret, before: "other-secret" };
  const environment = "test";
  const error: unknown = await apply(plan, { org: api, wanted, environment, secrets, say }).catch(
    (thrown: unknown) => thrown,
  );
  return { said, error };
}

const details = JSON.stringify({ outcome: "refused", reason: "expired-code" });
const refusedAnswer = {
  commands: [{ value: [{ status: "FAILED", transactionMetadata: details }] }],
};

/** Returns the org's calls except GETs, in order. */
export function changesOf(org: OktaOrg): string[] {
  return org.calls.map(({ call }) => call).filter((call) => !call.startsWith("GET"));
}

export const doing = ({ hook, events }: Plan): string[] =>
  [...(hook === undefined ? [] : [hook]), ...events].map((change) => change.do);
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : "");
