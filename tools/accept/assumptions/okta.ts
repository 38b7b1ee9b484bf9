import { setTimeout as sleep } from "node:timers/promises";
import type { Tried } from "../assumption.ts";
import { differs, judge, notTried, type Finding } from "../finding.ts";
import { evidence, oktaApi, oktaDocs } from "../sources.ts";
import { hookDifferences } from "../../okta/hook-body.ts";
import { ourHook } from "../../okta/plan.ts";
import { readSystemLog } from "../../okta/system-log.ts";
import { verify, wordsOf } from "../../okta/verify.ts";
import type { Channel } from "../../../src/delivery/channels.ts";
import type { Live } from "../live.ts";

const apply = "run npm run okta -- apply.";

async function execute(live: Live, channel: Channel): Promise<Finding> {
  const org = await live.org();
  const hook = ourHook(live.wanted, await org.hooks());
  if (hook === undefined)
    return notTried("waits", `The org has no telephony hook of this app: ${apply}`);
  const verified = await verify(org, hook.id, channel);
  return judge(
    verified.proved,
    verified.proved ? `${wordsOf(verified.details)}.` : verified.words,
    "Okta has another secret (npm run okta -- rotate) or URL, or the app was just starting.",
  );
}

/** Tests that read the org, or make Okta call the hook. They send no message and change nothing. */
export const okta: readonly Tried[] = [
  {
    id: "okta-hook",
    says: "The org has our hook, active, as okta.json says.",
    documented: "The list of inline hooks has type, status, URL and header, but no secret.",
    source: oktaApi("inlinehook"),
    evidence: evidence.apiSchema,
    ifFalse: "Okta sends codes itself, or gives the secret to another URL.",
    async attempt(live) {
      const hook = ourHook(live.wanted, await (await live.org()).hooks());
      if (hook === undefined)
        return differs(
          "The org has no telephony hook of this app.",
          `it was not applied: ${apply}`,
        );
      const changed = hookDifferences(live.wanted.hook, hook).map((part) => `another ${part}`);
      const seen = [hook.status, ...changed].join(", ");
      return judge(seen === "ACTIVE", `${seen}.`, `somebody changed it in the console: ${apply}`);
    },
  },
  {
    id: "okta-execute",
    says: "/execute calls the hook, and hands on an answer that says FAILED.",
    documented: "It sends the given body through the hook and returns the hook's answer.",
    source: oktaApi("inlinehook/other/executeinlinehook"),
    evidence: evidence.apiSchema,
    ifFalse: "`verify` and `rotate` prove nothing: use the console.",
    attempt: (live) => execute(live, "sms"),
  },
  {
    id: "okta-execute-call",
    says: "It does the same for a call.",
    documented: "The channel is SMS or voice. The word for voice is spelled in two ways.",
    source: oktaApi("inlinehook/other/executeinlinehook"),
    evidence: evidence.hookSchema,
    ifFalse: "Calls are refused as unknown-channel.",
    attempt: (live) => execute(live, "voice"),
  },
  {
    id: "okta-event-hook",
    says: "Our event hook is verified and active.",
    documented: "Okta sends events only to a URL that answered its one-time challenge.",
    source: oktaDocs("concepts/event-hooks/#one-time-verification-request"),
    evidence: evidence.apiSchema,
    ifFalse: "Used codes are unknown, to the guard too.",
    async attempt(live) {
      const { events } = live.wanted;
      if (events === undefined) return notTried("not set up", "okta.json wants no event hook.");
      const all = await (await live.org()).eventHooks();
      const found = all.find(({ name }) => name === events.name);
      const seen = found === undefined ? "absent" : `${found.status}, ${found.verificationStatus}`;
      return judge(
        seen === "ACTIVE, VERIFIED",
        `The event hook is ${seen}.`,
        `it was not applied or verified, or somebody deactivated it. To verify it, ${apply}`,
      );
    },
  },
  {
    id: "okta-scopes",
    says: "The service app gets the scopes that a command needs, and no others.",
    documented: "An app gets a scope only if an administrator granted it.",
    source: oktaDocs("guides/implement-oauth-for-okta-serviceapp/"),
    ifFalse: "A stolen key can do more: take the scopes from the app.",
    async attempt(live) {
      await (await live.org()).hooks();
      const extra = await live.extraScopes();
      return judge(
        extra.length === 0,
        extra.length === 0 ? "No others." : `It gets ${extra.join(", ")} too.`,
        "somebody granted them. Take them away under Okta API Scopes.",
      );
    },
  },
  {
    id: "okta-system-log",
    says: "The System Log has each hook within 2 minutes, and in the last hour no hook that failed.",
    documented: "Events are logged for answers that were processed, hooks that failed, and sends.",
    source: oktaDocs("reference/api/event-types/"),
    evidence: evidence.eventCatalogue,
    ifFalse: "The audit reports 0 % fallbacks, or people get Okta's own message or none.",
    after: ["okta-execute", "okta-execute-call"],
    async attempt(live) {
      const org = await live.org();
      const since = new Date(Date.now() - 3_600_000);
      const end = Date.now() + Math.min(live.patienceMs, 120_000);
      const read = () => readSystemLog(org, since, new Date(Date.now() + 60_000));
      let log = await read();
      while (log.processed === 0 && Date.now() < end) {
        await sleep(live.pauseMs);
        log = await read();
      }
      const { processed, unread, failed, failovers } = log;
      const seen = `In an hour ${processed} answers (${unread} that Okta could not process), ${failed} hooks that failed, ${failovers} fallbacks.`;
      if (processed === 0)
        return differs(
          seen,
          "the log is late, or the event types inline_hook.* have other names now.",
        );
      return judge(
        unread + failed + failovers === 0,
        seen,
        "the hook was late, down or had another secret. npm run okta -- audit names reasons.",
      );
    },
  },
];
