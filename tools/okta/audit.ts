import { headersBeside, hookDifferences } from "./hook-body.ts";
import { describeChange } from "./describe-plan.ts";
import { createPlan, ourHook, type Found } from "./plan.ts";
import type { SystemLog } from "./system-log.ts";
import { phoneMethods, type WantedState } from "./wanted-state.ts";

export interface Audit {
  /** Problems in words. If there is one, the exit code is 2. */
  readonly findings: readonly string[];
  readonly hook:
    | { readonly id: string; readonly active: boolean; readonly differences: readonly string[] }
    | undefined;
  /** Names of the headers that Okta sends with each request, without the secret's header. */
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly policiesOfferingPhone: number;
  readonly log: SystemLog;
  /** Share of the codes that the hook did not deliver, from 0 to 1. Denied sends do not count. */
  readonly fallbackShare: number;
}

/** @param maxFallback Limit of `fallbackShare`, above which the share is a finding. */
export function createAudit(
  wanted: WantedState,
  found: Found,
  log: SystemLog,
  maxFallback: number,
): Audit {
  const ours = ourHook(wanted, found.hooks);
  const differences = ours === undefined ? [] : hookDifferences(wanted.hook, ours);
  const other = found.hooks.some(({ id, status }) => status === "ACTIVE" && id !== ours?.id);
  const methods = (found.phone?.methods ?? [])
    .filter(({ status }) => status === "ACTIVE")
    .map(({ type }) => type);
  const fallbackShare = shareOf(log);
  // Each other kind of difference has its own line in `findings`.
  const others = createPlan(wanted, found).changes.filter(({ do: what }) =>
    /^replace-phone$|-event-hook$/.test(what),
  );
  const findings = [
    ...(ours?.status === "ACTIVE" ? [] : ["the app's telephony hook is not active"]),
    ...(differences.length > 0
      ? [`the app's telephony hook differs from okta.json: ${differences.join(", ")}`]
      : []),
    ...(other ? ["another telephony hook is active"] : []),
    ...((found.ownProviders ?? 0) > 0 ? ["a custom telephony provider is on"] : []),
    ...(found.phone?.status === "ACTIVE" ? [] : ["the phone authenticator is not active"]),
    ...phoneMethods
      .filter((type) => methods.includes(type) !== wanted.phone[type])
      .map((type) => `the phone's ${type} is ${wanted.phone[type] ? "off" : "on"}`),
    ...(found.policiesOfferingPhone.length > 0 ? [] : ["no enrollment policy offers the phone"]),
    ...others.map((change) => `differs from okta.json: ${describeChange(change)}`),
    ...(log.complete
      ? []
      : ["the System Log has more events than were read; use a shorter --since"]),
    ...(fallbackShare > maxFallback
      ? [
          `the hook did not deliver ${percent(fallbackShare)} of the codes, over ${percent(maxFallback)}`,
        ]
      : []),
  ];
  const hook = ours && { id: ours.id, active: ours.status === "ACTIVE", differences };
  const headers = ours === undefined ? [] : headersBeside(wanted.hook, ours);
  return {
    findings,
    hook,
    headers,
    methods,
    policiesOfferingPhone: found.policiesOfferingPhone.length,
    log,
    fallbackShare,
  };
}

/**
 * Okta's own provider sends after a failed request, or no code is sent at all. Okta does not say
 * which failures led to a send, so the larger of the two counts is taken.
 */
function shareOf({ sends, denied, failovers, failed, unread }: SystemLog): number {
  const lost = Math.max(failovers, failed + unread);
  return lost === 0 ? 0 : lost / Math.max(lost, sends - denied);
}

export function describeAudit(audit: Audit): string {
  const { findings, hook, headers, methods, policiesOfferingPhone, log, fallbackShare } = audit;
  const counts = (named: Readonly<Record<string, number>>) =>
    Object.entries(named)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ") || "none";
  return [
    `Hook            ${hook === undefined ? "none for this app" : `${hook.id}, ${hook.active ? "active" : "inactive"}`}`,
    `Extra headers   ${headers.join(", ") || "none"}`,
    `Methods         ${methods.join(", ") || "none"}`,
    `Policies        ${policiesOfferingPhone} offer the phone`,
    `Since           ${log.since}`,
    `Sends           ${log.sends}, ${log.denied} of them denied by Okta`,
    `Requests        ${log.processed} answers processed, ${log.unread} of them rejected; ${log.failed} requests failed`,
    `Failures        ${counts(log.reasons)}`,
    `Fallbacks       ${log.failovers} sends by Okta's own provider; ${percent(fallbackShare)} of the codes not delivered by the hook`,
    `Providers       ${counts(log.providers)}`,
    `Rate limits     ${log.rateLimited} violations`,
    `Last request    ${log.lastHook ?? "none"}`,
    ...findings.map((words) => `! ${words}`),
  ].join("\n");
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
