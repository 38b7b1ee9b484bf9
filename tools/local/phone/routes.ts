import * as z from "zod";
import { parseJson } from "../../sandbox/8x8/api.ts";
import type { OwnRequest } from "../../sandbox/own-requests.ts";
import type { PhoneApp } from "./phone-app.ts";
import { answerAboutApp, tryableNames } from "./app-answer.ts";
import { newHook, send } from "./hooks.ts";
import { latestMessage } from "./latest-message.ts";
import { prepareOutcome } from "./outcomes.ts";
import { sendHook, type Explained } from "./protocol.ts";
import { renewed } from "./renewed.ts";
import { Refusal, type Route } from "./serve-own.ts";
import { reportFallback, signIn } from "./sign-in.ts";
import type { Store } from "./store.ts";
import { sendStream } from "./stream.ts";
import type { Traffic } from "./traffic.ts";
import { commandLine } from "../../command-line.ts";

interface RouteParts {
  readonly store: Store;
  readonly traffic: Traffic;
  readonly switchFault: (wish: unknown) => void;
  readonly app: () => PhoneApp | undefined;
  readonly commands: () => readonly Explained[];
  readonly warnings: () => readonly string[];
}

const replay = z.strictObject({ n: z.int(), body: z.string().optional() });
const onOff = z.strictObject({ on: z.boolean() });
const use = z.strictObject({ message: z.int() });
const numbered = z.strictObject({ n: z.int() });
const noRequest = "There is no such request, or it was deleted.";
const settings = z.record(z.string(), z.string().max(5_000));
const named = z.strictObject({ id: z.string() });

/** Returns the routes of protocol.ts by method and path. */
export function createRoutes(parts: RouteParts): Readonly<Record<string, Route>> {
  const { store, traffic, switchFault, commands, warnings } = parts;
  const app = (): PhoneApp => {
    const running = parts.app();
    if (running === undefined)
      throw new Refusal(
        409,
        `No app runs with this page. To send a code to another app, run: OKTA_HOOK_SECRET=… ${commandLine("hook")}`,
      );
    return running;
  };
  const sender = () => {
    const running = app();
    if (running.settings["OKTA_HOOK_AUTH"]?.trim() === "token")
      throw new Refusal(
        409,
        "The app accepts only tokens (OKTA_HOOK_AUTH=token), but this page has only the hook secret. Set OKTA_HOOK_AUTH=either and start the app again.",
      );
    return (body: string, wrongSecret?: boolean) => send(running, traffic, body, wrongSecret);
  };
  const read = <Schema extends z.ZodType>(schema: Schema, { body }: OwnRequest) =>
    schema.parse(parseJson(body));
  return {
    "GET /sandbox/stream": (_, response) => {
      sendStream(store, response);
      return undefined;
    },
    "GET /sandbox/messages/latest": ({ query }, response) => {
      const gone = new AbortController();
      response.on("close", () => {
        gone.abort();
      });
      return latestMessage(store, query, gone.signal);
    },
    "GET /sandbox/app": () => answerAboutApp(parts.app(), commands(), warnings()),
    "POST /sandbox/clear": () => {
      store.clear();
      return {};
    },
    "POST /sandbox/second-hook": async (request) => {
      await app().restart({ secondHook: read(onOff, request).on });
      return {};
    },
    "POST /sandbox/settings": async (request) => {
      const wished = read(settings, request);
      const other = Object.keys(wished).find((name) => !tryableNames.includes(name));
      if (other !== undefined)
        throw new Refusal(
          400,
          `The page cannot change ${other}. It can change: ${tryableNames.join(", ")}.`,
        );
      await app().restart({ settings: wished });
      return {};
    },
    "POST /sandbox/hooks": (request) => {
      const wish = read(sendHook, request);
      return { n: sender()(newHook(wish), wish.wrongSecret).n };
    },
    "POST /sandbox/hooks/replay": (request) => {
      const { n, body } = read(replay, request);
      const hook = store.hooks.get(n);
      if (hook === undefined) throw new Refusal(404, noRequest);
      return { n: sender()(body ?? renewed(hook)).n };
    },
    "POST /sandbox/sign-in": async (request) => {
      const { message: n } = read(use, request);
      const message = store.messages.get(n);
      if (message === undefined) throw new Refusal(404, `There is no message ${n}.`);
      const { eventsUrl, eventSecret, observed } = app();
      const status = await signIn(store, { url: eventsUrl, secret: eventSecret }, message);
      // If the host reports the app's events, the app's event marks the code as used.
      if (!observed) store.messages.change(n, { used: new Date().toISOString() });
      return { status };
    },
    "POST /sandbox/fallback": async (request) => {
      const { eventsUrl: url, eventSecret: secret } = app();
      const hook = store.hooks.get(read(numbered, request).n);
      if (hook === undefined) throw new Refusal(404, noRequest);
      await reportFallback({ url, secret }, hook);
      return {};
    },
    "POST /sandbox/outcomes": async (request) => {
      const sendTo = sender();
      const { wrongSecret, repeat, newBody } = prepareOutcome(read(named, request).id, switchFault);
      let last = sendTo(newBody(), wrongSecret);
      for (let left = repeat - 1; left > 0; left--) {
        await last.done;
        last = sendTo(newBody(), wrongSecret);
      }
      return { n: last.n };
    },
    "POST /sandbox/outcomes/request": (request) => {
      const { newBody, ...rest } = prepareOutcome(read(named, request).id, switchFault);
      return { ...rest, body: newBody() };
    },
    "POST /sandbox/fault": ({ body }) => {
      switchFault(parseJson(body));
      return {};
    },
  };
}
