import { channelNames } from "../../src/rules/channels.ts";
import { commandFor, summaryOf } from "../okta/describe-plan.ts";
import { isActive } from "../okta/ours.ts";
import { readSystemLog } from "./system-log.ts";
import { notHere, unless, warning } from "./check.ts";
import { send, warnAbout } from "./codes.ts";
import { standby, type Live } from "./live.ts";

export async function judgeOkta(live: Live): Promise<string> {
  const { settings, parameters } = await live.azure();
  const plan = await live.plan();
  const { ours, other, blockers, notes } = plan;
  if (parameters["standby"] === true && !(ours !== undefined && isActive(ours)))
    throw notHere(standby);
  const apply = `okta.json was not applied. Run: ${commandFor("apply", live.environment)}`;
  const causeOther = `Okta uses another hook. To switch, run: ${commandFor("activate", live.environment)}`;
  const cause = other === undefined ? `the org was changed, or ${apply}` : causeOther;
  unless(blockers.length === 0, blockers.join(" "), "Okta sends codes with a custom provider.");
  const differs = summaryOf({ ...plan, events: [] });
  unless(differs.length === 0, differs.join(" "), cause);

  const { usual } = await live.users();
  const times: number[] = [];
  for (const channel of channelNames) {
    if (channel === "voice" && !settings["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"]) continue;
    const sent = await send(live, channel, usual);
    warnAbout(sent);
    times.push(sent.ms);
  }
  const events = summaryOf({ ...plan, hook: undefined });
  if (events.length > 0) throw warning(events.join(" "), apply);
  const seen = `The org matches okta.json. The app refused expired codes in ${times.join(" and ")} ms.`;
  return [seen, await judgeLog(live), ...notes].join(" ");
}

async function judgeLog(live: Live): Promise<string> {
  const now = Date.now();
  const since = new Date(now - 86_400_000);
  const log = await readSystemLog(await live.org(), since, new Date(now));
  const failed = log.failed + log.unread;
  const called = log.processed + log.failed;
  const seen = `In 24 hours, Okta called the hook ${called} times, ${failed} times in vain, and sent ${log.failovers} codes itself.`;
  // Among a few calls, previews and this run's earlier tries are too large a share.
  const lost = Math.max(log.failovers, called >= 50 ? failed : 0);
  const cause = "the app was unreachable or late. Search inline_hook in Okta's System Log.";
  // Fewer lost codes can be wrong numbers.
  if (lost >= 3 && lost > 0.01 * called) throw warning(seen, cause);
  return seen;
}
