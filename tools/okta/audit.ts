import { summaryOf } from "./describe-plan.ts";
import type { Plan } from "./plan.ts";
import { judgedCodes, type SystemLog } from "./system-log.ts";

/** Largest accepted share of codes that the hook did not deliver. */
const maxFallback = 0.01;

export function createAudit(plan: Plan, log: SystemLog) {
  const { ours } = plan;
  // After a failed request, Okta's own provider sends the code, or no code is sent. Okta does not
  // say which failed requests led to a send, so count the failed requests or the sends, whichever
  // are more.
  const lost = Math.max(log.failovers, log.failed + log.unread);
  const share = lost === 0 ? 0 : lost / Math.max(lost, log.codes);
  const causes = countsOf({
    ...log.reasons,
    "an answer that Okta could not use": log.unread,
    "sent by Okta's own provider": lost - log.failed - log.unread,
  });
  const isJudged = log.codes >= judgedCodes;
  const findings = [
    ...summaryOf(plan).map((words) => `The org differs from okta.json: ${words}`),
    ...(isJudged && share > maxFallback
      ? [
          `The hook did not deliver ${percent(share)} of ${log.codes} codes since ${log.since}. The limit is ${percent(maxFallback)}. Causes: ${causes}`,
        ]
      : []),
  ];
  const report = [
    `Hook            ${ours === undefined ? "none for this app" : `${ours.id}, ${ours.status.toLowerCase()}`}`,
    `Since           ${log.since}`,
    `Codes           ${log.codes}, ${isJudged ? `${percent(share)} of them not delivered by the hook` : `too few to judge (below ${judgedCodes})`}`,
    `Not delivered   ${causes}`,
    ...findings.map((words) => `! ${words}`),
  ].join("\n");
  return { findings, report };
}

function countsOf(named: Readonly<Record<string, number>>): string {
  const all = Object.entries(named).filter(([, count]) => count > 0);
  return all.map(([name, count]) => `${name} (${count})`).join(", ") || "none";
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
