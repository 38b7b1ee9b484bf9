import type { EventChange, HookChange } from "./changes.ts";
import { describeDifference, hostOf, withoutSecrets } from "./differences.ts";
import type { InlineHook } from "./org.ts";
import type { Plan } from "./plan.ts";

/** Prints names, ids and URLs, but no secrets. */
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

/** Sentences about all that is not as okta.json describes it. Empty if all is. */
export function summaryOf({ other, hook, events, blockers }: Plan): string[] {
  return [
    ...blockers,
    ...(other === undefined ? [] : [`Another telephony hook is active: ${labelOf(other)}.`]),
    ...[...(hook === undefined ? [] : [hook]), ...events].map((one) => `${titleOf(one)}.`),
  ];
}

function describeOther(other: InlineHook, { hook }: Plan, environment: string): string[] {
  if (hook === undefined)
    return [
      `! Another telephony hook is active: ${labelOf(other)}. While it is, apply changes no telephony hook.`,
      `  To switch to ours, with a way back: ${commandFor("activate", environment)}`,
    ];
  return [
    `~ telephony hook ${labelOf(other)}: deactivate. Nothing else of it changes.`,
    `  Until the next call, no hook is active: Okta sends codes itself, if your org has a provider.`,
    `  The way back: ${commandFor(`activate ${other.id}`, environment)}`,
  ];
}

export function commandFor(command: string, environment: string): string {
  return `npm run okta -- ${command} --env ${environment}`;
}

/** Names a hook, such as "8x8" (cal1, https://…). */
export function labelOf({ name, id, channel }: Omit<InlineHook, "status">): string {
  return `"${name}" (${id}, ${withoutSecrets(channel.config.uri)})`;
}

export function describeChange(change: HookChange | EventChange, { wanted }: Plan): string[] {
  const title = `~ ${titleOf(change)}`;
  if ("differences" in change)
    return [title, ...change.differences.map((one) => `    ${describeDifference(one)}`)];
  if (change.do === "create-hook")
    return [`${title}, with the URL ${withoutSecrets(wanted.hook.url)}`];
  if (change.do === "create-event-hook")
    return [`${title}, with the URL ${withoutSecrets(wanted.events?.url ?? "")}`];
  return [title];
}

export function titleOf(change: HookChange | EventChange): string {
  const kind = change.do.endsWith("event-hook") ? "event hook" : "telephony hook";
  if (!("hook" in change)) return `${kind}: create and activate`;
  const { name, id, status } = change.hook;
  const what = change.do.replace(/-.*/, "").replace("replace", "change");
  const also = change.do === "replace-hook" && status === "INACTIVE" ? " and activate" : "";
  return `${kind} "${name}" (${id}): ${what}${also}`;
}

/** Every host that gets a secret or events. */
function describeHosts({ wanted, other, hook: change, ours, ourEvents }: Plan): string[] {
  const { hook, events } = wanted;
  const before = ours?.channel.config;
  const isLater = other !== undefined && change === undefined;
  const rows = [
    {
      what: `${isLater ? "After activate, codes" : "Codes"} and the hook secret go to`,
      from: before?.uri,
      to: hook.url,
    },
    ...(hook.auth === "token"
      ? [{ what: "Token requests go to", from: before?.tokenUrl, to: hook.tokenUrl }]
      : []),
    ...(events === undefined
      ? []
      : [
          {
            what: "Events and the event secret go to",
            from: ourEvents?.channel.config.uri,
            to: events.url,
          },
        ]),
  ];
  return rows.map(({ what, from, to }) => {
    const old = from && hostOf(from) !== hostOf(to) ? `${hostOf(from)} → ` : "";
    return `  ${what} ${old}${hostOf(to)}`;
  });
}
