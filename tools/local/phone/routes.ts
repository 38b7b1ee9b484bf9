import type { ServerResponse } from "node:http";
import * as z from "zod";
import { parseJson, type Received } from "../../sandbox/8x8/api.ts";
import type { OwnRequest } from "../../sandbox/own-requests.ts";
import { curlOf } from "./curl.ts";
import { newHook, sendHook, type Hooks, type HookTarget } from "./hooks.ts";
import type { Items } from "./items.ts";
import { renewed } from "./renewed.ts";
import { latestMessage, selectMessages } from "./messages.ts";
import { offerOutcomes, prepareOutcome } from "./offered-outcomes.ts";
import type { AppHost, Explained, SettingsAnswer } from "./protocol.ts";
import type { SignIn } from "./sign-in.ts";

/** Parts that the routes use. `app` returns undefined if no app runs. */
export interface RouteParts {
  readonly items: Items;
  readonly stream: (response: ServerResponse, lastEventId: string | undefined) => void;
  /** Returns what is wrong with the wish, or undefined. */
  readonly switchFault: (wish: unknown) => string | undefined;
  readonly app: () => AppParts | undefined;
  readonly commands: () => readonly Explained[];
}

export interface AppParts {
  readonly target: HookTarget;
  readonly host: AppHost;
  readonly hooks: Hooks;
  readonly signIn: SignIn;
  readonly settings: () => Promise<SettingsAnswer>;
  readonly hasSecondHook: boolean;
  /** Starts the app again, with the second hook's stand-in or without it. */
  readonly switchSecondHook: (on: boolean) => Promise<void>;
  /** Returns the warning about a message's sender, as a sentence. */
  readonly warningOf: (message: Received) => string | undefined;
  /** Reason why the app would reject every request of the page, as a sentence. */
  readonly takesNone: string | undefined;
}

/**
 * A route's answer: JSON, or text if the body is a string. Undefined if the route has written the
 * response itself.
 */
export type RouteAnswer = { readonly status: number; readonly body: unknown } | undefined;
type Route = (request: OwnRequest, response: ServerResponse) => RouteAnswer | Promise<RouteAnswer>;

const replay = z.strictObject({ n: z.int(), body: z.string().optional() });
const onOff = z.strictObject({ on: z.boolean() });
const use = z.strictObject({ message: z.int() });

const ok = (body: unknown): RouteAnswer => ({ status: 200, body });
export const wrong = (status: number, error: string): RouteAnswer => ({ status, body: { error } });
const noSuchHook = wrong(404, "There is no such request, or it was deleted.");

/** Returns a finder of routes by method and path. It returns undefined for an unknown route. */
export function createRoutes({
  items,
  stream,
  switchFault,
  app,
  commands,
}: RouteParts): (request: OwnRequest) => Route | undefined {
  const withApp =
    (route: (app: AppParts, request: OwnRequest) => RouteAnswer | Promise<RouteAnswer>): Route =>
    (request) => {
      const running = app();
      return running === undefined
        ? wrong(
            409,
            "npm start runs no app with this page. To send a code to another app, run: OKTA_HOOK_SECRET=… npm run hook",
          )
        : route(running, request);
    };
  const sending = (route: Parameters<typeof withApp>[0]): Route =>
    withApp((parts, request) =>
      parts.takesNone === undefined ? route(parts, request) : wrong(409, parts.takesNone),
    );
  const routes: Readonly<Record<string, Route>> = {
    "GET /sandbox/stream": ({ headers }, response) => {
      const { "last-event-id": lastEventId } = headers;
      stream(response, typeof lastEventId === "string" ? lastEventId : undefined);
      return undefined;
    },
    "GET /sandbox/messages": ({ query }) => ok({ messages: selectMessages(items, query) }),
    "GET /sandbox/messages/latest": async ({ query }, response) => {
      const gone = new AbortController();
      response.on("close", () => {
        gone.abort();
      });
      const message = await latestMessage(items, query, gone.signal);
      return message === undefined ? wrong(404, "No such message arrived.") : ok(message);
    },
    "GET /sandbox/traffic": () => ok({ hooks: items.all("hook"), messages: items.all("message") }),
    "POST /sandbox/clear": () => {
      items.clear();
      return ok({});
    },
    "GET /sandbox/app": () => ok({ host: app()?.host ?? "none" }),
    "GET /sandbox/commands": () => ok({ commands: commands() }),
    "GET /sandbox/settings": withApp(async ({ settings }) => ok(await settings())),
    "POST /sandbox/second-hook": withApp(async ({ switchSecondHook }, { body }) => {
      await switchSecondHook(onOff.parse(parseJson(body)).on);
      return ok({});
    }),
    "POST /sandbox/hooks": sending(({ hooks }, { body }) => {
      const wish = sendHook.parse(parseJson(body));
      return ok({ n: hooks.send(newHook(wish), wish.wrongSecret).n });
    }),
    "POST /sandbox/hooks/replay": sending(({ hooks }, request) => {
      const { n, body } = replay.parse(parseJson(request.body));
      const hook = items.get("hook", n);
      return hook === undefined ? noSuchHook : ok({ n: hooks.send(body ?? renewed(hook)).n });
    }),
    "POST /sandbox/sign-in": withApp(async ({ signIn }, { body }) => {
      const status = await signIn(use.parse(parseJson(body)).message);
      return typeof status === "string" ? wrong(409, status) : ok({ status });
    }),
    "GET /sandbox/outcomes": withApp(async ({ settings }) =>
      ok({ groups: offerOutcomes((await settings()).settings) }),
    ),
    // The page sends the request by itself; `npm run hook` gets the request and sends it.
    "POST /sandbox/outcomes": sending(async ({ hooks }, { body }) => {
      const { wrongSecret, repeat, newBody } = prepareOutcome(parseJson(body), switchFault);
      let last = hooks.send(newBody(), wrongSecret);
      for (let left = repeat - 1; left > 0; left--) {
        await last.done;
        last = hooks.send(newBody(), wrongSecret);
      }
      return ok({ n: last.n });
    }),
    "POST /sandbox/outcomes/request": ({ body }) => {
      const { newBody, ...rest } = prepareOutcome(parseJson(body), switchFault);
      return ok({ ...rest, body: newBody() });
    },
    "POST /sandbox/fault": ({ body }) => {
      const wish = parseJson(body);
      const error = switchFault(wish);
      return error === undefined ? ok(wish) : wrong(400, error);
    },
  };
  const curl = withApp(({ target }, { path }) => {
    const hook = items.get("hook", Number(path.split("/").at(-2)));
    return hook === undefined ? noSuchHook : ok(curlOf(hook, target));
  });
  return ({ method, path }) => {
    const key = `${method} ${path}`;
    return Object.hasOwn(routes, key)
      ? routes[key]
      : /^GET \/sandbox\/hooks\/\d+\/curl$/.test(key)
        ? curl
        : undefined;
  };
}
