import { mayBeSent } from "../../../src/rules/outcome.ts";
import type { Received, RecordedRequest } from "../../sandbox/8x8.ts";
import type { Written } from "../../sandbox/8x8/faults.ts";
import { isRecord } from "../../sandbox/8x8/api.ts";
import { judgeAnswer, timeoutMs } from "../../sandbox/okta.ts";
import { rememberBy } from "../../sandbox/remembering.ts";
import { callHeader, type EventReport, type Report } from "../host/observer.ts";
import type { HookItem, Provider } from "./protocol.ts";
import { readHook, readReceipt } from "./read-hook.ts";
import type { Store } from "./store.ts";

/** Header that identifies the page's requests in the host's reports. */
export const pageHeader = "x-sandbox-hook";

export type Traffic = ReturnType<typeof createTraffic>;

/** Builds requests and messages from the reports of the host and of the providers' stand-ins. */
export function createTraffic({ hooks, messages, isFailing }: Store) {
  /** `n` of each request from the page, by the value of pageHeader. */
  const ofPage = new Map<string, number>();
  /** `n` of each request by its number at the local host. */
  const ofCall = new Map<number, number>();
  /** `n` of each message by the provider's id. */
  const ofId = new Map<unknown, number>();
  const askedOf = new WeakMap<RecordedRequest, { readonly hook: number; readonly index: number }>();
  const receivedOf = new WeakMap<RecordedRequest, number>();

  function begin(request: HookItem["request"]): number {
    const at = new Date().toISOString();
    return hooks.add({ at, request, read: readHook(request.body), provider: [] });
  }

  function answer(
    n: number,
    answered: NonNullable<HookItem["answer"]>,
    okta: NonNullable<HookItem["okta"]>,
  ): void {
    // For a request from the page, the host reports the answer too. Keep the first report.
    if (hooks.get(n)?.answer !== undefined) return;
    hooks.change(n, { answer: answered, okta: answered.ms > timeoutMs ? "none" : okta });
  }

  function showEvent(call: number | undefined, { name, properties, attempts }: EventReport): void {
    // The host sends its reports as JSON, which drops undefined properties.
    const event = properties as Record<string, string | number>;
    const n = ofCall.get(call ?? 0);
    if (name === "otp-delivery" && n !== undefined)
      hooks.change(n, { event, mayBeSent: mayBeSent({ attempts }) });
    const message = ofId.get(event["providerId"]);
    if (name === "otp-outcome" && message !== undefined)
      messages.change(message, {
        used: String(event["usedAt"]),
        onlyInMemory: event["codeRow"] === "waiting" && isFailing("tables"),
      });
  }

  function hookOf({ path, headers, body }: RecordedRequest): number | undefined {
    const [, umid] = /\/messages\/([^/?]+)\/feedback$/.exec(path) ?? [];
    if (umid !== undefined) return messages.get(ofId.get(umid))?.hook;
    const call = headers[callHeader];
    if (call !== undefined) return ofCall.get(Number(call));
    // The real Functions host sends no callHeader. Without callHeader, find the request by the id
    // of Okta's event, which is in an SMS and in a request to the second hook.
    const eventId = isRecord(body) ? (body["clientMessageId"] ?? body["eventId"]) : undefined;
    return eventId === undefined
      ? undefined
      : hooks.all().findLast(({ read }) => read.eventId === eventId)?.n;
  }

  /** @param id Value of pageHeader in the request. */
  function beginFromPage(id: string, request: HookItem["request"]): number {
    const n = begin(request);
    rememberBy(ofPage, id, n);
    return n;
  }

  function gaveUp(n: number): void {
    hooks.change(n, { okta: "none" });
  }

  function report(report: Report): void {
    if (report.kind === "event") showEvent(report.call, report);
    else if (report.kind === "answer") {
      const n = ofCall.get(report.call);
      const { status, contentType, body, ms } = report;
      if (n !== undefined)
        answer(n, { status, body, ms }, judgeAnswer(status, contentType, body).answer);
    } else if (report.kind === "request") {
      if (report.function !== "telephony-hook") return;
      const { call, headers, body } = report;
      rememberBy(ofCall, call, ofPage.get(headers[pageHeader] ?? "") ?? begin({ headers, body }));
    }
  }

  const numberOf = (providerId: unknown): string | undefined =>
    messages.get(ofId.get(providerId))?.to;

  function asked(request: RecordedRequest, provider: Provider): void {
    const hook = hooks.get(hookOf(request));
    if (hook === undefined) return;
    const { method, path, body } = request;
    askedOf.set(request, { hook: hook.n, index: hook.provider.length });
    hooks.change(hook.n, {
      provider: [...hook.provider, { provider, request: { method, path, body } }],
    });
  }

  function answered(request: RecordedRequest, { status, body }: Written): void {
    const message = receivedOf.get(request);
    const id = isRecord(body) ? (body["umid"] ?? body["sessionId"]) : undefined;
    if (message !== undefined && id !== undefined) rememberBy(ofId, id, message);
    const { hook = 0, index } = askedOf.get(request) ?? {};
    const provider = hooks
      .get(hook)
      ?.provider.map((call, at) => (at === index ? { ...call, answer: { status, body } } : call));
    if (provider !== undefined) hooks.change(hook, { provider });
  }

  function received(message: Received, request: RecordedRequest, by?: Provider): void {
    const { channel, destination, text, source, at, voiceProfile } = message;
    const hook = askedOf.get(request)?.hook;
    const n = messages.add({
      at: at.toISOString(),
      channel,
      to: destination,
      text,
      from: source,
      // A voice profile is, for example, en-GB-Emma.
      language: voiceProfile?.split("-", 2).join("-"),
      code: hooks.get(hook)?.read.code ?? codeIn(text),
      hook,
      by,
    });
    receivedOf.set(request, n);
    if (hook !== undefined) hooks.change(hook, { message: n });
  }

  function receipt(body: unknown): void {
    const { id, ...receipt } = readReceipt(body);
    const message = messages.get(ofId.get(id));
    // Receipts can arrive in any order. An earlier state must not replace a final state.
    const isFinal = message?.receipt && !onTheWay.includes(message.receipt.state);
    if (message !== undefined && !(isFinal && onTheWay.includes(receipt.state)))
      messages.change(message.n, { receipt });
  }

  return { beginFromPage, answer, gaveUp, report, numberOf, asked, answered, received, receipt };
}

const onTheWay = ["queued", "sent"];

/** A call's text has separated digits: 1, 2, 3. */
const codeIn = (text: string): string | undefined =>
  /\d(?:[ ,.]{0,2}\d){3,9}/.exec(text)?.[0].replaceAll(/\D/g, "");
