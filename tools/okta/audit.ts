import { labelOf, titleOf } from "./describe-plan.ts";
import { describeDifference } from "./differences.ts";
import { headersBeside } from "./hook-body.ts";
import { isActive } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { judgedCodes, type SystemLog } from "./system-log.ts";

export interface Audit {
  /** Problems in words. If there is one, the exit code is 2. */
  readonly findings: readonly string[];
  readonly hook: { readonly id: string; readonly active: boolean } | undefined;
  /** Names of the headers that Okta sends with each request, without the secret's header. */
  readonly headers: readonly string[];
  readonly log: SystemLog;
  /** Share of the codes that the hook did not deliver, from 0 to 1. Denied sends do not count. */
  readonly fallbackShare: number;
}

/** @param maxFallback Limit of `fallbackShare`, above which the share is a finding. */
export function createAudit(plan: Plan, log: SystemLog, maxFallback: number): Audit {
  const { wanted, ours, other, hook: change, events, blockers } = plan;
  const fallbackShare = shareOf(log);
  const differences = [...(change === undefined ? [] : [change]), ...events].flatMap((one) =>
    "differences" in one
      ? [`${titleOf(one)}: ${one.differences.map(describeDifference).join(", ")}`]
      : one.do.endsWith("event-hook")
        ? [titleOf(one)]
        : [],
  );
  const findings = [
    ...(ours !== undefined && isActive(ours) ? [] : ["the app's telephony hook is not active"]),
    ...(other === undefined ? [] : [`another telephony hook is active: ${labelOf(other)}`]),
    ...blockers,
    ...differences.map((words) => `differs from okta.json: ${words}`),
    ...(log.complete ? [] : ["the System Log has more events than were read"]),
    ...(log.codes >= judgedCodes && fallbackShare > maxFallback
      ? [
          `the hook did not deliver ${percent(fallbackShare)} of ${log.codes} codes since ${log.since}, over ${percent(maxFallback)}: ${causesIn(log)}`,
        ]
      : []),
  ];
  const hook = ours && { id: ours.id, active: isActive(ours) };
  const headers = ours === undefined ? [] : headersBeside(wanted.hook, ours);
  return { findings, hook, headers, log, fallbackShare };
}

/**
 * Okta's own provider sends after a failed request, or no code is sent at all. Okta does not say
 * which failures led to a send, so the larger of the two counts is taken.
 */
function shareOf(log: SystemLog): number {
  const lost = lostIn(log);
  return lost === 0 ? 0 : lost / Math.max(lost, log.codes);
}

const lostIn = ({ failovers, failed, unread }: SystemLog) => Math.max(failovers, failed + unread);

function causesIn(log: SystemLog): string {
  const { reasons, unread, failed } = log;
  const unexplained = lostIn(log) - failed - unread;
  return countsOf({
    ...reasons,
    ...(unread > 0 && { "an answer that Okta could not use": unread }),
    ...(unexplained > 0 && { "sent by Okta's own provider": unexplained }),
  });
}

function countsOf(named: Readonly<Record<string, number>>): string {
  const all = Object.entries(named).map(([name, count]) => `${name} (${count})`);
  return all.join(", ") || "none";
}

export function describeAudit({ findings, hook, headers, log, fallbackShare }: Audit): string {
  const judged =
    log.codes < judgedCodes
      ? `${log.codes}, too few to judge (below ${judgedCodes})`
      : `${log.codes}, ${percent(fallbackShare)} of them not delivered by the hook`;
  return [
    `Hook            ${hook === undefined ? "none for this app" : `${hook.id}, ${hook.active ? "active" : "inactive"}`}`,
    `Extra headers   ${headers.join(", ") || "none"}`,
    `Since           ${log.since}`,
    `Codes           ${judged}`,
    `Sends           ${log.sends}, ${log.denied} of them denied by Okta`,
    `Requests        ${log.processed} answers processed, ${log.unread} of them rejected; ${log.failed} requests failed`,
    `Failures        ${countsOf(log.reasons)}`,
    `Fallbacks       ${log.failovers} sends by Okta's own provider`,
    `Last request    ${log.lastHook ?? "none"}`,
    ...findings.map((words) => `! ${words}`),
  ].join("\n");
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
