import { hookFailed, sentByOkta } from "../../../tools/sandbox/okta.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { hookSecret } from "../../app.ts";
import { answers, hook, oktaAnswer, type FalseWorld } from "./false-world.ts";
import { json } from "./front.ts";
import type { World } from "./world.ts";

const log = /^GET \/api\/v1\/logs$/;
const execute = /^POST \/api\/v1\/inlineHooks\/\w+\/execute$/;
const hookId = (world: World) => world.org().hooks.all()[0]?.id ?? "";
const eventHookId = (world: World) => world.org().eventHooks.all()[0]?.id ?? "";

/** As Okta answers: https://developer.okta.com/docs/reference/error-codes/ */
const oktaError = (status: number, errorCode: string, errorSummary: string) =>
  json(status, { errorCode, errorSummary, errorLink: errorCode, errorId: "oae1", errorCauses: [] });

/** Okta's event about an answer that Okta could not process. */
const unprocessable = () => hookFailed({ event: { eventType: "inline_hook.response.processed" } });

/** The org's hooks and its System Log. */
export const worldsOfOkta: readonly FalseWorld[] = [
  {
    name: "the hook is switched off",
    make: (world) => world.administrator().setHookStatus(hookId(world), "deactivate"),
    id: "okta-hook",
    also: ["okta-execute", "okta-execute-call", "okta-system-log"],
    words: [/INACTIVE/, /ACTIVE/],
  },
  {
    name: "the hook has another URL",
    make: async (world) => {
      const url = `${world.app.url}/api/okta/telephony/old`;
      const body = inlineHookBody({ ...world.wanted.hook, url }, hookSecret);
      await world.administrator().replaceHook(hookId(world), body);
    },
    id: "okta-hook",
    also: ["okta-execute", "okta-execute-call", "okta-system-log"],
    words: [/URL/i, /okta\.json/],
  },
  {
    name: "the org has no telephony hook",
    make: answers("okta", /^GET \/api\/v1\/inlineHooks$/, json(200, [])),
    id: "okta-hook",
    also: ["okta-execute", "okta-execute-call", "okta-system-log"],
    words: [/no (telephony )?hook/i, /npm run okta -- apply/],
  },
  {
    name: "Okta has another hook secret",
    make: async (world) => {
      const body = inlineHookBody(world.wanted.hook, "another-hook-secret");
      await world.administrator().replaceHook(hookId(world), body);
    },
    id: "okta-execute",
    also: ["okta-execute-call", "okta-system-log"],
    words: [/E0000135/, /401/, /secret/i],
  },
  {
    name: "Okta gets no answer from the app",
    make: answers("okta", execute, oktaError(504, "E0000137", "The inline hook did not respond")),
    id: "okta-execute",
    also: ["okta-execute-call", "okta-system-log"],
    words: [/E0000137/, /504/, /3 s|reach|answer|respond/i],
  },
  {
    name: "the service app has no right to execute hooks",
    make: answers("okta", execute, oktaError(403, "E0000006", "You do not have permission")),
    id: "okta-execute",
    also: ["okta-execute-call", "okta-system-log"],
    words: [/E0000006/, /403/, /role|scope|inlineHooks\.manage|permission/i],
  },
  {
    name: "Okta returns an answer that the app did not give",
    make: answers("okta", execute, oktaAnswer("SUCCESSFUL")),
    id: "okta-execute",
    also: ["okta-execute-call", "okta-system-log"],
    words: [/FAILED/, /SUCCESSFUL/],
  },
  {
    name: "the app refuses Okta's channel name for a call",
    make: ({ app }) =>
      app.add(({ call, body }) =>
        hook.test(call) && /"deliveryChannel":"(?!SMS)/.test(body) ? json(400, {}) : undefined,
      ),
    id: "okta-execute-call",
    words: [/E0000135/, /400/],
  },
  {
    name: "the event hook is switched off",
    make: (world) => world.administrator().eventHookLifecycle(eventHookId(world), "deactivate"),
    id: "okta-event-hook",
    words: [/INACTIVE/, /ACTIVE/],
  },
  {
    name: "Okta did not verify the event hook",
    make: ({ okta }) =>
      okta.add((asked, pass) =>
        asked.call === "GET /api/v1/eventHooks"
          ? pass().then((given) => ({
              ...given,
              body: given.body.replace('"VERIFIED"', '"UNVERIFIED"'),
            }))
          : undefined,
      ),
    id: "okta-event-hook",
    words: [/UNVERIFIED/, /verify/],
  },
  {
    name: "Okta's own provider sent 120 codes",
    make: (world) => {
      world.org().log.add(...Array.from({ length: 120 }, () => sentByOkta("sms", true)));
    },
    id: "okta-system-log",
    words: [/120/, /fallback|own provider/i],
  },
  {
    name: "Okta could not process three answers",
    make: (world) => {
      world.org().log.add(unprocessable(), unprocessable(), unprocessable());
    },
    id: "okta-system-log",
    words: [/\b3\b/, /process/i],
  },
  {
    name: "Okta logged failed hooks",
    make: (world) => {
      world.org().log.add(hookFailed(), hookFailed());
    },
    id: "okta-system-log",
    words: [/\b2\b/, /fail/i],
  },
  {
    name: "the System Log has no event of the hook",
    make: answers("okta", log, json(200, [])),
    inVain: true,
    id: "okta-system-log",
    words: [/inline_hook/, /\b(0|no)\b/i],
  },
  {
    name: "the System Log has the hook's events only at the fourth query",
    make: answers("okta", log, json(200, []), 3),
    id: "okta-system-log",
    verdict: "holds",
    words: [],
  },
];
