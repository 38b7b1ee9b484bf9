import type { Received, RecordedRequest } from "../../sandbox/8x8.ts";
import type { Written } from "../../sandbox/8x8/faults.ts";
import { isRecord } from "../../sandbox/8x8/api.ts";
import { judgeAnswer, noAnswer, timeoutMs } from "../../sandbox/okta.ts";
import { rememberBy } from "../../sandbox/remembering.ts";
import { callHeader, type AnswerReport, type EventReport } from "../host/observer.ts";
import { readHook, type ReadHook } from "./hook-body.ts";
import type { Items } from "./items.ts";
import { messageOf } from "./messages.ts";
import type { HookItem, ProviderCall } from "./shown-items.ts";
import { isEarlier, readReceipt } from "./receipt.ts";

/** Builds hook requests and messages from the requests on both sides of the app. */
export interface Traffic {
  begin(from: HookItem["from"], request: HookItem["request"]): number;
  answer(n: number, answer: Pick<AnswerReport, "status" | "contentType" | "body" | "ms">): void;
  wrongPath(method: string, path: string): void;
  /** Records that the caller got no answer. */
  giveUp(n: number, why: string): void;
  event(n: number | undefined, event: EventReport): void;
  readonly numberOf: (providerId: unknown) => string | undefined;
  /** Marks a message's code as used. */
  used(message: number, at: string): void;
  readonly asked: (request: RecordedRequest, provider?: ProviderCall["provider"]) => void;
  readonly answered: (request: RecordedRequest, answer: Written) => void;
  readonly received: (
    message: Received,
    request: RecordedRequest,
    by?: ProviderCall["provider"],
  ) => void;
  readonly receipt: (body: unknown) => void;
}

/**
 * @param hookOfCall Returns n of the hook request with this number at the local host.
 * @param warningOf Returns the warning about a message's sender, if there is one.
 */
export function createTraffic(
  items: Items,
  hookOfCall: (call: number) => number | undefined,
  warningOf: (message: Received) => string | undefined,
): Traffic {
  const read = new Map<number, ReadHook>();
  /** Number of each message on the page, by 8x8's id. */
  const messages = new Map<string, number>();
  const calls = new WeakMap<RecordedRequest, { readonly hook: number; readonly index: number }>();
  const received = new WeakMap<RecordedRequest, number>();

  const stamp = (): string => new Date().toISOString();

  function hookOf({ path, headers, body }: RecordedRequest): number | undefined {
    const [, umid] = /\/messages\/([^/?]+)\/feedback$/.exec(path) ?? [];
    if (umid !== undefined) return items.get("message", messages.get(umid) ?? 0)?.hook;
    const call = headers[callHeader];
    if (call !== undefined) return hookOfCall(Number(call));
    // The real Functions host does not number requests. An SMS carries the id of Okta's event, and the
    // second hook gets Okta's request.
    const eventId = isRecord(body) ? (body["clientMessageId"] ?? body["eventId"]) : undefined;
    return [...read].findLast(
      ([, hook]) => hook.eventId !== undefined && hook.eventId === eventId,
    )?.[0];
  }

  const traffic: Traffic = {
    begin(from, request) {
      const n = items.next("hook");
      const hook = readHook(request.body);
      rememberBy(read, n, hook);
      items.put("hook", {
        n,
        at: stamp(),
        from,
        request,
        provider: [],
        ...(hook.channel && { channel: hook.channel }),
        ...(hook.phoneNumber && { number: hook.phoneNumber }),
        ...(hook.locale && { locale: hook.locale }),
      });
      return n;
    },
    answer(n, { status, contentType, body, ms }) {
      const words =
        ms > timeoutMs
          ? noAnswer("no answer in 3 s")
          : judgeAnswer(status, contentType, body).words;
      items.change("hook", n, () => ({ answer: { status, body, ms }, okta: words }));
    },
    wrongPath(method, path) {
      const n = traffic.begin("outside", { headers: {}, body: "" });
      traffic.answer(n, { status: 404, contentType: "", body: "", ms: 0 });
      items.change("hook", n, () => ({ reason: `${method} ${path}`.slice(0, 200) }));
    },
    giveUp(n, why) {
      items.change("hook", n, () => ({ okta: noAnswer(why) }));
    },
    event(n, { name, properties }) {
      // The host sends its reports as JSON, which drops undefined properties.
      const known = properties as Record<string, string | number>;
      if (name === "otp-outcome") {
        const message = messages.get(String(known["providerId"]));
        if (message !== undefined)
          items.change("message", message, () => ({ used: String(known["usedAt"]) }));
      }
      if (name !== "otp-delivery" || n === undefined) return;
      const { outcome, reason, country } = known;
      items.change("hook", n, () => ({
        event: known,
        ...(outcome !== undefined && { outcome: String(outcome) }),
        ...(reason !== undefined && { reason: String(reason) }),
        ...(country !== undefined && { country: String(country) }),
      }));
    },
    numberOf: (providerId) => items.get("message", messages.get(String(providerId)) ?? 0)?.to,
    used(message, at) {
      items.change("message", message, () => ({ used: at }));
    },
    asked(request, to = "8x8") {
      const hook = hookOf(request);
      if (hook === undefined) return;
      const { method, path, body } = request;
      items.change("hook", hook, ({ provider }) => {
        calls.set(request, { hook, index: provider.length });
        return { provider: [...provider, { provider: to, request: { method, path, body } }] };
      });
    },
    answered(request, { status, body }) {
      const message = received.get(request);
      const id = isRecord(body) ? (body["umid"] ?? body["sessionId"]) : undefined;
      if (message !== undefined && typeof id === "string") rememberBy(messages, id, message);
      const call = calls.get(request);
      if (call === undefined) return;
      const withAnswer = (given: ProviderCall, index: number): ProviderCall =>
        index === call.index ? { ...given, answer: { status, body } } : given;
      items.change("hook", call.hook, ({ provider }) => ({ provider: provider.map(withAnswer) }));
    },
    received(message, request, by) {
      const n = items.next("message");
      const hook = calls.get(request)?.hook;
      received.set(request, n);
      const code = hook === undefined ? undefined : read.get(hook)?.code;
      items.put("message", {
        n,
        ...messageOf(message, code, by === "second-hook" ? undefined : warningOf(message)),
        ...(by !== undefined && { by }),
        ...(hook !== undefined && { hook }),
      });
      if (hook !== undefined) items.change("hook", hook, () => ({ message: n }));
    },
    receipt(body) {
      const { id, ...receipt } = readReceipt(body);
      const message = messages.get(id);
      if (message === undefined) return;
      items.change("message", message, (item) =>
        isEarlier(receipt, item.receipt) ? {} : { receipt },
      );
    },
  };
  return traffic;
}
