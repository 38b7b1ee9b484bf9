import { headersBeside, hookDifferences } from "./hook-body.ts";
import { wordsFor } from "./plan-words.ts";
import { createPlan, ourHook, type Found } from "./plan.ts";
import type { SystemLog } from "./system-log.ts";
import { phoneMethods, type WantedState } from "./wanted-state.ts";

export interface Audit {
  /** Each is a reason for exit code 2. */
  readonly findings: readonly string[];
  readonly hook:
    | { readonly id: string; readonly active: boolean; readonly differences: readonly string[] }
    | undefined;
  /** What Okta sends with each hook beside its own, by name. */
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly policiesOfferingPhone: number;
  readonly log: SystemLog;
  /** Share of the sends that were not denied, 0 to 1. */
  readonly fallbackShare: number;
}

/** @param maxFallback the largest share of fallbacks that is no finding, 0 to 1. */
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
  // What no words below are for.
  const others = createPlan(wanted, found).changes.filter(({ do: what }) =>
    /^replace-phone$|-event-hook$/.test(what),
  );
  const findings = [
    ...(ours?.status === "ACTIVE" ? [] : ["our telephony hook is not active"]),
    ...(differences.length > 0
      ? [`our telephony hook was changed: ${differences.join(", ")}`]
      : []),
    ...(other ? ["another telephony hook is active"] : []),
    ...((found.ownProviders ?? 0) > 0 ? ["a telephony provider of the org's own is on"] : []),
    ...(found.phone?.status === "ACTIVE" ? [] : ["the phone authenticator is not active"]),
    ...phoneMethods
      .filter((type) => methods.includes(type) !== wanted.phone[type])
      .map((type) => `the phone's ${type} is ${wanted.phone[type] ? "off" : "on"}`),
    ...(found.policiesOfferingPhone.length > 0 ? [] : ["no enrollment policy offers the phone"]),
    ...others.map((change) => `not as wanted: ${wordsFor(change)}`),
    ...(log.complete
      ? []
      : ["the System Log has more events than were read: ask for a shorter --since"]),
    ...(fallbackShare > maxFallback
      ? [`fallbacks are ${percent(fallbackShare)}, over ${percent(maxFallback)}`]
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
 * Okta flags a send in the hook's place; a failed hook after which nobody sends is as bad. Neither
 * is in the other for sure.
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
    `Hook            ${hook === undefined ? "none of ours" : `${hook.id}, ${hook.active ? "active" : "inactive"}`}`,
    `Headers beside  ${headers.join(", ") || "none"}`,
    `Methods         ${methods.join(", ") || "none"}`,
    `Policies        ${policiesOfferingPhone} offer the phone`,
    `Since           ${log.since}`,
    `Sends           ${log.sends}, of which Okta denied ${log.denied}`,
    `Hooks           ${log.processed} answers processed, ${log.unread} of them not taken; ${log.failed} hooks failed`,
    `Why             ${counts(log.reasons)}`,
    `Fallbacks       ${log.failovers} sends in the hook's place: ${percent(fallbackShare)}`,
    `Who sent        ${counts(log.providers)}`,
    `Rate limits     ${log.rateLimited} violations`,
    `Last hook       ${log.lastHook ?? "none"}`,
    ...findings.map((words) => `! ${words}`),
  ].join("\n");
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
