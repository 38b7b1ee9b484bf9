import packageJson from "../../package.json" with { type: "json" };
import { difference, inSeconds, notHere, notShown, unless, warning } from "./check.ts";
import { judgeEvents, warnAbout } from "./codes.ts";
import { arrived, logLimitMs, oktaLimitMs, type Live } from "./live.ts";

const minute = 60_000;

export async function judgeLogs(live: Live): Promise<string> {
  const azure = await live.azure();
  const { sent, refused } = live;
  if (sent.length === 0 && refused.length === 0)
    throw notShown("This run made no request that the app logs.");
  const start = Date.now();
  const read = async () => {
    const since = live.timeOfApp(live.startedAt);
    const rows = await azure.rows(since, "otp-delivery", "telephony-hook");
    const requests = rows.filter(({ name }) => name === "telephony-hook");
    const all = rows.filter(({ name }) => name === "otp-delivery");
    const events = all.filter(({ eventId }) => sent.some((one) => one.eventId === eventId));
    const found = new Set(events.map(({ eventId }) => eventId)).size;
    return { rows, requests, all, events, found };
  };
  type Read = Awaited<ReturnType<typeof read>>;
  const isLogged = ({ requests }: Read) => requests.length >= sent.length + refused.length;
  const isWhole = (one: Read) => isLogged(one) && one.found >= sent.length;
  const last = await arrived(live, read, isWhole);
  const { rows, requests, all, events, found } = last;
  const seen = `${found} of ${sent.length} codes and ${requests.length} requests came within ${inSeconds(Date.now() - start)}.`;
  const nowhere =
    "the logs are late, the app may not write them, or okta.json has another app's URL. See telemetry-silent in docs/runbooks.md.";
  unless(found > 0 || (sent.length === 0 && requests.length > 0), seen, nowhere);
  const isSampled = rows.some(({ itemCount }) => itemCount !== "1");
  const sampling = "Azure samples the telemetry, or the daily cap is reached.";
  unless(found >= sent.length && !isSampled, seen, sampling);
  unless(isLogged(last), seen, "host.json's log levels or sampling leave requests out.");
  const node = /node(\d+)/i.exec(all.at(-1)?.["sdkVersion"] ?? "")?.[1] ?? "of an unknown version";
  unless(node === "24", `The app runs on Node ${node}.`, "functionAppConfig.runtime was changed.");
  for (const one of sent) {
    const own = events.filter(({ eventId }) => eventId === one.eventId);
    judgeEvents(one, own);
    if (one.ms <= oktaLimitMs) warnAbout(one, own);
  }
  const versions = [...new Set(all.map((row) => row["application_Version"] || "unknown"))];
  const { version: here } = packageJson;
  if (versions.some((one) => one !== here))
    throw warning(
      `The app has version ${versions.join(" and ")}. This folder has version ${here}.`,
      "another version is deployed, or an update has not reached every instance.",
    );
  return seen;
}

export async function judgeAvailability(live: Live): Promise<string> {
  const azure = await live.azure();
  const choice = azure.parameters["alerts"];
  if (choice === "none") throw notHere("The environment has no availability test.");
  // As in infra/modules/availability.bicep.
  const [everyMs, locations] = choice === "essential" ? [15 * minute, 2] : [5 * minute, 5];
  const read = async () => {
    const since = live.timeOfApp(Date.now() - 2 * everyMs);
    const rows = await azure.rows(since, `health-${azure.suffix}`);
    return new Map(rows.map(({ location, success = "" }) => [location, success]));
  };
  const last = await arrived(live, read, ({ size }) => size >= locations, everyMs + logLimitMs);
  const failing = [...last.values()].filter((success) => !/^(?:1|true)$/i.test(success)).length;
  const seen = `${last.size} of ${locations} locations report a result, and ${failing} of them report a failure.`;
  unless(last.size >= locations, seen, "the test is off, or needs local authentication.");
  unless(failing === 0, seen, "the app refuses the test. See health-red in docs/runbooks.md.");
  return seen;
}

export async function judgeSignIn(live: Live): Promise<string> {
  const azure = await live.azure();
  if (live.wanted !== undefined && live.wanted.events === undefined)
    throw notHere("okta.json has no event hook.");
  const hasTable = azure.parameters["stateTable"] === true;
  const start = Date.now();
  if (!(await live.signIn())) throw notShown("No person signed in.");
  const end = Date.now();
  const read = async () => {
    const rows = await azure.rows(live.timeOfApp(start), "otp-delivery", "otp-outcome");
    // Codes after this time belong to other sign-ins.
    const until = live.timeOfApp(end + 2_000).getTime();
    const codes = rows.filter(
      ({ name, eventId, timestamp = "" }) =>
        name === "otp-delivery" && eventId && Date.parse(timestamp) <= until,
    );
    const uses = rows.filter(({ name }) => name === "otp-outcome");
    const ids = codes.map(({ eventId }) => eventId);
    const joined = uses.filter(({ join, eventId }) => join === "joined" && ids.includes(eventId));
    return { codes, uses, joined };
  };
  const { codes, uses, joined } = await arrived(live, read, (found) => found.joined.length > 0);
  if (new Set(codes.map(({ oktaUserId }) => oktaUserId)).size > 1)
    throw notShown("Other people got codes at the same time. Try again later.");
  const isNone = (word: string) =>
    !uses.some(({ outcome, join, reason }) => [outcome, join, reason].includes(word));
  if (!isNone("off") && !hasTable) throw notHere("The app stores no codes: stateTable is false.");
  unless(codes.length > 0, "The app sent no code.", "Okta sent the code, or sent no code.");
  const none = "The app matched no event to the code of the sign-in.";
  const [used] = joined;
  if (used === undefined) {
    // Okta always sends a secret, so a request without one came from another caller.
    const isOfOkta = ({ reason }: (typeof uses)[number]) => reason !== "no-header";
    const isOff = "the event hook is off, or its filter leaves out the event.";
    unless(uses.some(isOfOkta), none, isOff);
    unless(isNone("wrong-secret"), none, "the event hook has another secret.");
    unless(isNone("failed"), none, "the state table does not answer the app.");
    throw difference(none, "Okta's event has another format, user or factor.");
  }
  // Wait as long as for the first event, plus a minute, because Okta could send a second event.
  await live.sleep(minute + Date.now() - end);
  const again = (await read()).joined.filter(({ eventId }) => eventId === used["eventId"]).length;
  unless(again === 1, `The app matched the code ${again} times.`, "Okta repeated its event.");
  const isWritten = !hasTable || used["codeRow"] === "written";
  unless(isWritten, "The app did not store the code.", "the state table refuses the app.");
  return "The app matched the code once.";
}
