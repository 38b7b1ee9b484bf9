import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setImmediate } from "node:timers/promises";
import type { TelemetryEvent } from "../../src/telemetry/event.ts";
import type { Fault, RecordedRequest } from "../../tools/sandbox/8x8.ts";
import { startSecondHook, type Behaviour } from "../../tools/sandbox/second-hook.ts";
import { startApp, type App } from "../app.ts";
import { call, code, secondSecret } from "./two-providers.ts";

export type Channel = "sms" | "voice";

/** A number is the time in milliseconds after which a provider accepts a code. */
export type Conduct8x8 = number | Fault;
export type ConductOfSecond = number | Behaviour;

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly eightByEight: Conduct8x8 | ((number: string) => Conduct8x8);
  /** Without this option, the app has no second hook. */
  readonly second?: ConductOfSecond;
}

type Property = TelemetryEvent["properties"][string];

export interface Answered {
  /** The status in Okta's words, or the HTTP status of an error. */
  readonly answer: string | undefined;
  /** Time until the answer on the app's clock. */
  readonly ms: number;
  readonly provider: Property;
  readonly reason: Property;
  readonly otherReason: Property;
  readonly passedOver: Property;
  /** The provider and the outcome of each attempt in the event. */
  readonly attempts: readonly string[];
  readonly text: string;
}

/** A number stands for a user who has a phone number that nobody else has. */
export type Person = number | { readonly userId: string | undefined; readonly phoneNumber: string };

export type World = Awaited<ReturnType<typeof startWorld>>;

const stepMs = 25;
/**
 * App and providers share a thread and a clock, and bytes arrive at once on loopback. So after some
 * turns of the event loop, everything has happened that needs no timer.
 */
const turnsUntilQuiet = 40;

export const userOf = (person: number): string => `00uperson${String(person).padStart(6, "0")}`;
export const numberOf = (person: number): string => `+4915123${String(person).padStart(6, "0")}`;

/** Starts an app with providers whose delays are measured by the app's clock. */
export async function startWorld({ settings, ...conduct }: WorldOptions) {
  let { eightByEight } = conduct;
  const events: TelemetryEvent[] = [];
  const keep = (event: unknown) => events.push(event as TelemetryEvent);
  subscribe("okta-8x8-telephony:event", keep);

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => app.clock.after(milliseconds, resolve));
  function arm(request: RecordedRequest): void {
    const number = /4915\d+/.exec(JSON.stringify(request.body))?.[0] ?? "";
    const next = typeof eightByEight === "function" ? eightByEight(`+${number}`) : eightByEight;
    const fault: Fault = typeof next === "number" ? { fault: "slow", ms: next } : next;
    app.eightByEight.fail("any", fault, 1);
  }
  const hook = await startSecondHook({ secret: secondSecret, sleep });
  const behave = (next: ConductOfSecond = {}) => {
    hook.behave(typeof next === "number" ? { afterMs: next } : next);
  };
  behave(conduct.second);
  const hookSettings = conduct.second === undefined ? {} : hook.env;
  const app: App = await startApp({ ...hookSettings, ...settings }, { sleep, onRequest: arm });

  const quiet = async (): Promise<void> => {
    for (let turn = 0; turn < turnsUntilQuiet; turn++) await setImmediate();
  };
  async function pass(milliseconds: number): Promise<void> {
    await quiet();
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
      app.clock.turn(Math.min(stepMs, milliseconds - passed));
      await quiet();
    }
  }
  async function passing<T>(awaited: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const settle = () => (state.isSettled = true);
    void awaited.then(settle, settle);
    await quiet();
    while (!state.isSettled) await pass(stepMs);
    return awaited;
  }
  async function send(person: Person, channel: Channel = "sms"): Promise<Answered> {
    const { userId, phoneNumber } =
      typeof person === "number"
        ? { userId: userOf(person), phoneNumber: numberOf(person) }
        : person;
    const messageProfile = { phoneNumber, ...(channel === "voice" && call) };
    const body = code({ userProfile: { userId }, messageProfile }) as { eventId: string };
    const start = app.clock.elapsed();
    const { status, judged, text } = await app.post(body);
    const ms = app.clock.elapsed() - start;
    const event = events.find(({ properties }) => properties["eventId"] === body.eventId);
    const { provider, reason, otherReason, passedOver } = event?.properties ?? {};
    const attempts = (event?.attempts ?? []).map((attempt) =>
      [attempt.provider, attempt.ok ? "accepted" : attempt.reason].join(" "),
    );
    const answer = status === 200 ? judged.answer : String(status);
    return { answer, ms, provider, reason, otherReason, passedOver, attempts, text };
  }
  return {
    app,
    hook,
    events,
    pass,
    send,
    behave,
    set8x8(next: WorldOptions["eightByEight"]): void {
      eightByEight = next;
    },
    passing,
    /** Sends a code, and lets time pass until the answer. */
    ask: (...sent: Parameters<typeof send>): Promise<Answered> => passing(send(...sent)),
    async close(): Promise<void> {
      // Open requests end, because `stop` lets time pass slowly.
      await pass(3_000);
      unsubscribe("okta-8x8-telephony:event", keep);
      await app.stop();
      await hook.close();
    },
  };
}
