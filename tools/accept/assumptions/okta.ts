import { setTimeout as sleep } from "node:timers/promises";
import type { Tried } from "../assumption.ts";
import { differs, judge, notTried, type Finding } from "../finding.ts";
import { evidence, oktaApi, oktaDocs } from "../sources.ts";
import { hookDifferences } from "../../okta/hook-body.ts";
import { ourHook } from "../../okta/plan.ts";
import { readSystemLog } from "../../okta/system-log.ts";
import { verify, wordsOf } from "../../okta/verify.ts";
import type { Channel } from "../../../src/rules/channels.ts";
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
    "Okta has another URL or secret (npm run okta -- rotate), or the app was just starting.",
  );
}

/** Tests that read the org, or make Okta call the hook. They send no message and change nothing. */
export const okta: readonly Tried[] = [
  {
    id: "okta-hook",
    says: "The org has our hook. It is ACTIVE and as okta.json describes it.",
    documented:
      "The list of inline hooks has the type, status, URL and header of each, but no secret.",
    source: oktaApi("inlinehook"),
    evidence: evidence.apiSchema,
    ifFalse: "Okta sends codes itself, or sends the secret to another URL.",
    async attempt(live) {
      const hook = ourHook(live.wanted, await (await live.org()).hooks());
      if (hook === undefined)
        return differs(
          "The org has no telephony hook of this app.",
          `it was not created: ${apply}`,
        );
      const changed = hookDifferences(live.wanted.hook, hook).map((part) => `another ${part}`);
      const seen = [hook.status, ...changed].join(", ");
      return judge(seen === "ACTIVE", `${seen}.`, `someone changed it in the console: ${apply}`);
    },
  },
  {
    id: "okta-execute",
    says: "/execute calls the hook, and returns an answer that says FAILED.",
    documented: "/execute sends the given body through the hook and returns the hook's answer.",
    source: oktaApi("inlinehook/other/executeinlinehook"),
    evidence: evidence.apiSchema,
    ifFalse: "`verify` and `rotate` prove nothing. Use Okta's console.",
    attempt: (live) => execute(live, "sms"),
  },
  {
    id: "okta-execute-call",
    says: "/execute also calls the hook for a voice call, and returns the answer FAILED.",
    documented: "The channel is SMS or voice. Okta spells the word for voice in two ways.",
    source: oktaApi("inlinehook/other/executeinlinehook"),
    evidence: evidence.hookSchema,
    ifFalse: "Calls are refused as `unknown-channel`.",
    attempt: (live) => execute(live, "voice"),
  },
  {
    id: "okta-event-hook",
    says: "Our event hook is ACTIVE and VERIFIED.",
    documented: "Okta sends events only to a URL that has answered its one-time challenge.",
    source: oktaDocs("concepts/event-hooks/#one-time-verification-request"),
    evidence: evidence.apiSchema,
    ifFalse: "The app and its guard do not learn which codes were used.",
    async attempt(live) {
      const { events } = live.wanted;
      if (events === undefined) return notTried("not set up", "okta.json has no event hook.");
      const all = await (await live.org()).eventHooks();
      const found = all.find(({ name }) => name === events.name);
      const seen = found === undefined ? "absent" : `${found.status}, ${found.verificationStatus}`;
      return judge(
        seen === "ACTIVE, VERIFIED",
        `The event hook is ${seen}.`,
        `it was not created or verified, or someone deactivated it. To verify it, ${apply}`,
      );
    },
  },
  {
    id: "okta-scopes",
    says: "The service app gets the scopes that the commands need, and no others.",
    documented: "An app gets a scope only if an administrator granted it.",
    source: oktaDocs("guides/implement-oauth-for-okta-serviceapp/"),
    ifFalse: "A stolen key can do more. Revoke the other scopes.",
    async attempt(live) {
      await (await live.org()).hooks();
      const extra = await live.extraScopes();
      return judge(
        extra.length === 0,
        extra.length === 0 ? "No other scopes." : `It also gets ${extra.join(", ")}.`,
        "someone granted them. Revoke them under Okta API Scopes.",
      );
    },
  },
  {
    id: "okta-system-log",
    says: "The System Log shows requests within 2 minutes. In the last hour, no request failed.",
    documented: "Okta logs processed answers, failed requests, and the messages that it sends.",
    source: oktaDocs("reference/api/event-types/"),
    evidence: evidence.eventCatalogue,
    ifFalse:
      "If the log is late, the audit misses codes from Okta's own provider. After a failed request, a person gets such a code or no code.",
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
      const seen = `In the last hour: ${processed} answers (${unread} that Okta could not process), ${failed} failed requests, ${failovers} codes from Okta's own provider.`;
      if (processed === 0)
        return differs(seen, "the log is late, or Okta renamed the event types inline_hook.*.");
      return judge(
        unread + failed + failovers === 0,
        seen,
        "the app was late, down or had another secret. npm run okta -- audit names the reasons.",
      );
    },
  },
];
