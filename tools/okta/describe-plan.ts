import type { EventChange, HookChange } from "./changes.ts";
import { describeDifference, hostOf, withoutSecrets } from "./differences.ts";
import type { InlineHook } from "./org.ts";
import { labelOf } from "./ours.ts";
import type { Plan } from "./plan.ts";
import type { Usage } from "./usage.ts";
import { commandLine } from "../command-line.ts";

/** Returns the plan as text. The text has names, ids and URLs, but no secrets. */
export function describe(plan: Plan, environment: string): string {
  const { wanted, other, hook, events, blockers, notes } = plan;
  const changes = [...(hook === undefined ? [] : [hook]), ...events];
  const lines = [
    `Org ${wanted.org}`,
    ...blockers.map((words) => `! ${words}`),
    ...(other === undefined ? [] : describeOther(other, plan, environment)),
    ...changes.flatMap((change) => describeChange(change, plan)),
    ...(changes.length === 0 && other === undefined
      ? ["No differences. Okta never shows the secret, so a plan cannot compare it."]
      : []),
    ...describeHosts(plan),
    ...notes.map((words) => `? ${words}`),
  ];
  return lines.join("\n");
}

/** Returns a sentence for each difference between the org and okta.json. */
export function summaryOf({ other, hook, events, blockers }: Plan): string[] {
  return [
    ...blockers,
    ...(other === undefined ? [] : [`Another telephony hook is active: ${labelOf(other)}.`]),
    ...[...(hook === undefined ? [] : [hook]), ...events].map((one) => {
      const parts = "differences" in one ? one.differences.map(describeDifference) : [];
      return `${titleOf(one)}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}.`;
    }),
  ];
}

function describeOther(other: InlineHook, { hook }: Plan, environment: string): string[] {
  if (hook === undefined)
    return [
      `! Another telephony hook is active: ${labelOf(other)}. While it is active, apply changes no telephony hook.`,
      `  To switch to this app's hook, run: ${commandFor("activate", environment)}`,
    ];
  return [
    `~ telephony hook ${labelOf(other)}: deactivate, without other changes`,
    `  During the switch, no hook is active. ${withoutHook}`,
    `  The way back: ${commandFor(`activate ${other.id}`, environment)}`,
  ];
}

const withoutHook = "Okta sends the codes itself if your org has a provider.";

export function commandFor(command: string, environment: string): string {
  return commandLine("okta", command, "--env", environment);
}

export function wrongSecret({ command, environment }: Pick<Usage, "command" | "environment">) {
  return `If the secret is wrong, run: ${commandFor(`${command} --give-secrets`, environment)}`;
}

function describeChange(change: HookChange | EventChange, { wanted }: Plan): string[] {
  const title = `~ ${titleOf(change)}`;
  if ("differences" in change)
    return [title, ...change.differences.map((one) => `    ${describeDifference(one)}`)];
  if ("hook" in change) return [title];
  const { url = "" } = (change.do === "create-hook" ? wanted.hook : wanted.events) ?? {};
  return [`${title}, with the URL ${withoutSecrets(url)}`];
}

export function titleOf(change: HookChange | EventChange): string {
  const kind = change.do.endsWith("event-hook") ? "event hook" : "telephony hook";
  if (!("hook" in change)) return `${kind}: create and activate`;
  const { name, id, status } = change.hook;
  const what = change.do.replace(/-.*/, "").replace("replace", "change");
  const also = change.do === "replace-hook" && status === "INACTIVE" ? " and activate" : "";
  return `${kind} "${name}" (${id}): ${what}${also}`;
}

/** Returns a line for each host that gets codes, a secret or events. */
function describeHosts(plan: Plan): string[] {
  const { other, hook: change, ours, ourEvents, leaves } = plan;
  if (change?.do === "deactivate-hook") return [`  After this, no hook is active. ${withoutHook}`];
  if (leaves) return ours === undefined ? [] : [`  Codes go to ${hostOf(ours.channel.config.uri)}`];
  const before = ours?.channel.config;
  const codes = other !== undefined && change === undefined ? "After activate, codes" : "Codes";
  const rows = {
    "the hook": [`${codes} and the hook secret go to`, before?.uri],
    "the token endpoint": ["Token requests go to", before?.tokenUrl],
    "the event hook": ["Events and the event secret go to", ourEvents?.channel.config.uri],
  } as const;
  return destinationsOf(plan).map(({ what, url }) => {
    const [words, from] = rows[what];
    const old = from && hostOf(from) !== hostOf(url) ? `${hostOf(from)} → ` : "";
    return `  ${words} ${old}${hostOf(url)}`;
  });
}

/** Returns the URLs that Okta calls after the plan. An unchanged hook keeps its URL in Okta. */
export function destinationsOf({ wanted, other, hook, ours, events, ourEvents }: Plan) {
  const isKept = hook === undefined ? other === undefined : hook.do === "activate-hook";
  const { url, tokenUrl } = { tokenUrl: undefined, ...wanted.hook };
  const config = (isKept ? ours?.channel.config : undefined) ?? { uri: url, tokenUrl };
  const isSent = events.some((change) => /^(?:create|replace)-/.test(change.do));
  const eventUrl = isSent ? undefined : ourEvents?.channel.config.uri;
  return [
    { what: "the hook", url: config.uri },
    ...(config.tokenUrl === undefined
      ? []
      : [{ what: "the token endpoint", url: config.tokenUrl } as const]),
    ...(wanted.events === undefined
      ? []
      : [{ what: "the event hook", url: eventUrl ?? wanted.events.url } as const]),
  ] as const;
}
