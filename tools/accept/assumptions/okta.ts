import { judge, notTried, type Assumption } from "../assumption.ts";
import { hookDifferences } from "../../okta/hook-body.ts";
import { ourHook } from "../../okta/plan.ts";
import { readSystemLog } from "../../okta/system-log.ts";
import { verify, wordsOf } from "../../okta/verify.ts";
import type { Channel } from "../../../src/delivery/channels.ts";
import type { Live } from "../live.ts";

const management = "https://developer.okta.com/docs/api/openapi/okta-management/management/tags";

async function execute(live: Live, channel: Channel) {
  const org = await live.org();
  const hook = ourHook(live.wanted, await org.hooks());
  if (hook === undefined)
    return notTried("The org has no telephony hook of ours: npm run okta -- apply.");
  const verified = await verify(org, hook.id, channel);
  return judge(verified.proved, verified.proved ? wordsOf(verified.details) : verified.words);
}

/** The org, which is read, and asked to call the hook. Nothing is sent, and nothing is changed. */
export const okta: readonly Assumption[] = [
  {
    id: "okta-hook",
    says: "The org has our hook, active, as okta.json says.",
    source: `${management}/inlinehook`,
    leans: ["docs/okta-as-code.md", "tools/okta/hook-body.ts"],
    ifFalse: "Okta sends codes itself, or gives the secret to another URL.",
    async attempt(live) {
      const hook = ourHook(live.wanted, await (await live.org()).hooks());
      if (hook === undefined) return judge(false, "The org has no telephony hook of ours.");
      const changed = hookDifferences(live.wanted.hook, hook);
      const seen = [
        hook.status === "ACTIVE" ? "active" : "inactive",
        ...changed.map((part) => `another ${part}`),
      ];
      return judge(seen.join() === "active", seen.join(", "));
    },
  },
  {
    id: "okta-execute",
    says: "/execute calls the hook, and hands on an answer that says FAILED.",
    source: `${management}/inlinehook/other/executeinlinehook`,
    leans: ["docs/okta-as-code.md", "tools/okta/verify.ts", "tools/okta/rotate.ts"],
    ifFalse: "`verify` and `rotate` prove nothing: use the console.",
    attempt: (live) => execute(live, "sms"),
  },
  {
    id: "okta-execute-call",
    says: "It does the same for a call.",
    source: `${management}/inlinehook/other/executeinlinehook`,
    leans: ["src/okta/channels.ts"],
    ifFalse: "Calls are refused as unknown-channel.",
    attempt: (live) => execute(live, "voice"),
  },
  {
    id: "okta-event-hook",
    says: "Our event hook is verified and active.",
    source: "https://developer.okta.com/docs/concepts/event-hooks/#one-time-verification-request",
    leans: ["docs/set-up-okta.md", "src/functions/okta-events.ts", "tools/okta/event-hook-body.ts"],
    ifFalse: "Used codes are unknown, to the guard too.",
    async attempt(live) {
      const { events } = live.wanted;
      if (events === undefined) return notTried("okta.json wants no event hook.");
      const found = (await (await live.org()).eventHooks()).find(
        ({ name }) => name === events.name,
      );
      const seen =
        found === undefined ? "no such hook" : `${found.status}, ${found.verificationStatus}`;
      return judge(seen === "ACTIVE, VERIFIED", seen);
    },
  },
  {
    id: "okta-scopes",
    says: "The service app gets the scopes that it needs, and no others.",
    source: "https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/",
    leans: ["docs/okta-as-code.md", "tools/okta/sign-in-from-environment.ts"],
    ifFalse: "A stolen key can do more: take scopes from the app.",
    async attempt(live) {
      await (await live.org()).hooks();
      const more = await live.overreaches();
      return judge(
        !more,
        more ? "It gets okta.users.manage too." : "It does not get okta.users.manage.",
      );
    },
  },
  {
    id: "okta-system-log",
    says: "The System Log has each hook, as the audit counts it.",
    source: "https://developer.okta.com/docs/reference/api/event-types/",
    leans: ["docs/okta-as-code.md", "tools/okta/system-log.ts"],
    ifFalse: "The audit reports 0 % fallbacks.",
    async attempt(live) {
      const org = await live.org();
      const until = new Date(Date.now() + 60_000);
      const { processed, failed, failovers } = await readSystemLog(
        org,
        new Date(Date.now() - 3_600_000),
        until,
      );
      return judge(
        processed > 0,
        `In an hour ${processed} answers, ${failed} hooks that failed, ${failovers} fallbacks`,
      );
    },
  },
];
