import type { Channel } from "../../src/rules/channels.ts";
import { commandLine } from "../command-line.ts";
import type { Row } from "./azure.ts";
import { notHere, notShown, plain, unless, warning } from "./check.ts";
import { eventsOf, judgeEvents, send, warnAbout } from "./codes.ts";
import { arrived, type Live, type SentCode } from "./live.ts";

export async function judgeDelivery(live: Live, channel: Channel): Promise<string> {
  const { settings } = await live.azure();
  if (channel === "voice" && !settings["EIGHT_BY_EIGHT_VOICE_SUBACCOUNT"])
    throw notHere("The app makes no calls.");
  const sent = await send(live, channel, (await live.users()).usual, live.phone);
  const events = await eventsOf(live, sent);
  judgeEvents(sent, events);
  const isBy8x8 = sent.provider === "8x8";
  const receipt = isBy8x8 ? await judgeReceipts(live, sent) : "";
  const person = await askPerson(live, channel, isBy8x8 ? settings : {});
  warnAbout(sent, events);
  const seen = `${plain(sent.provider)} accepted the code in ${sent.ms} ms. ${receipt}${person}`;
  if (receipt + person !== "") return seen;
  const next = `Run this at a terminal, or run: ${setReceipts}`;
  throw notShown(`${seen}Nothing shows that it arrived. ${next}`);
}

type Settings = Readonly<Record<string, string | undefined>>;
const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");

/** Returns what the person with the phone saw. Empty without a terminal, or without an answer. */
async function askPerson(live: Live, channel: Channel, settings: Settings): Promise<string> {
  const what = channel === "sms" ? "SMS" : "call";
  const isNo = (answer = "") => /^n/i.test(answer);
  const named = (text = "") => (/^[\p{L}\d +._-]{1,20}$/u.test(text) ? text : "(not said)");
  const came = await live.ask(`Did the ${what} come? Type y or n. If you cannot say, press Enter.`);
  if (!came) return "";
  const lost = "the mobile operator or the phone lost it. Look it up in 8x8 Connect → Logs.";
  unless(!isNo(came), `The provider accepted the ${what}, but it did not come.`, lost);
  const sender = named(await live.ask("From which sender or number?"));
  const { EIGHT_BY_EIGHT_SMS_SENDER: wanted = "" } = channel === "sms" ? settings : {};
  const isOther = wanted !== "" && lettersOf(sender) !== lettersOf(wanted);
  const changed = "the operator changed the sender, or Okta's own provider sent the code.";
  if (isOther) throw warning(`The SMS has the sender ${sender}, not ${wanted}.`, changed);
  const language = named(await live.ask("In which language?"));
  if (isNo(await live.ask(`Was it exactly one ${what}? Type y or n.`)))
    throw warning(
      `More than one ${what} came for one code.`,
      "Okta's own provider sent the code too, or the text is longer than one SMS.",
    );
  return `A person saw the sender ${sender} and the language ${language}.`;
}

const setReceipts = commandLine("receipts", "set");
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const lastStates = ["delivered", "undelivered", "rejected", "failed", "error"];

/** Returns what the last receipt says. Empty if the app takes no receipts. */
async function judgeReceipts(live: Live, { transactionId: id = "", channel, since }: SentCode) {
  const azure = await live.azure();
  unless(guid.test(id), "8x8 returned no GUID as the message's id.", "8x8's API has changed.");
  const url = new URL("../8x8/receipts", live.hookUrl).href;
  const probe = await live.call(url, { method: "POST" }).catch(() => undefined);
  if (probe?.status === 404) return "";
  const isOwn = ({ providerId }: Row) => providerId === id;
  const isLast = (row: Row) =>
    isOwn(row) && (channel === "voice" || lastStates.includes(row["state"] ?? ""));
  const read = () => azure.rows(since, "otp-receipt");
  const receipts = await arrived(live, read, (rows) => rows.some(isLast));
  // Without a 401, it is not known whether the app takes receipts.
  if (probe?.status !== 401 && receipts.length === 0) return "";
  const isUnset = `8x8 has no webhook for this sub-account, or sends another secret. Run: ${setReceipts}`;
  unless(receipts.some(isOwn), "No receipt for the code came.", isUnset);
  const last = receipts.findLast(isLast);
  const isOff = "the phone is off, or the mobile operator sends no reports.";
  unless(last !== undefined, "No receipt with the final state came.", isOff);
  const { state = "", errorCode = "0", senderChanged } = last ?? {};
  const isUnanswered = ["no_answer", "busy", "canceled"].includes(state);
  const cause = isUnanswered ? "the call was not picked up." : "8x8's page explains the error.";
  const seen = `The last receipt has the state ${plain(state)} and the error ${plain(errorCode)}.`;
  const isDelivered = state === "delivered" || state === "completed";
  unless(isDelivered, seen, cause);
  const unregistered = "the sender is not registered in that country.";
  unless(senderChanged !== "true", "The message had another sender.", unregistered);
  return `${seen} `;
}

export async function judgeSecondHook(live: Live): Promise<string> {
  const { settings } = await live.azure();
  const { SECOND_HOOK_URL: url } = settings;
  if (!url) throw notHere("The environment has no second hook.");
  // This request has no secret, so the second hook must not send a message.
  const { status, text } = await live.call(url, { method: "POST" });
  const isAnswer = status < 300 || [400, 401, 403, 415, 422].includes(status);
  const isHook = isAnswer && !/^\s*</.test(text);
  unless(isHook, `The hook answers ${status}.`, "SECOND_HOOK_URL is wrong, or the hook is down.");
  const { phone } = live;
  if (phone === undefined)
    throw notHere(`The hook answers ${status}. Add --phone +… to send a code.`);
  const isOfSecond = (one: SentCode) =>
    one.outcome === "accepted" && one.provider === "second-hook";
  const { usual, ofSecond } = await live.users();
  // A second SMS would go to 8x8, which can refuse it because it comes too soon.
  const isTried = ofSecond !== undefined || settings["SECOND_HOOK_ON_RESEND"] === "other";
  const found = live.sent.find(isOfSecond);
  const sent = found ?? (isTried ? await send(live, "sms", ofSecond ?? usual, phone) : undefined);
  if (sent === undefined || (!isOfSecond(sent) && ofSecond === undefined))
    throw notShown("8x8 accepted each code. Set SECOND_HOOK_FIRST_FOR to 1% to try the hook.");
  unless(isOfSecond(sent), "8x8 accepted each code.", "the app does not have the hook's secret.");
  judgeEvents(sent, await eventsOf(live, sent));
  return `A code went through the second hook in ${sent.ms} ms.`;
}
