import type { app as azureFunctions, HttpFunctionOptions, HttpHandler } from "@azure/functions";

interface Handlers {
  readonly hook: HttpHandler;
  readonly receipts: HttpHandler;
  readonly oktaEvents: HttpHandler;
  readonly health: HttpHandler;
  readonly flush: () => Promise<void>;
}

export const functionNames = ["telephony-hook", "delivery-receipts", "okta-events", "health"];

type Methods = Pick<HttpFunctionOptions, "methods" | "authLevel">;
const get: Methods = { methods: ["GET"], authLevel: "anonymous" };
const post: Methods = { methods: ["POST"], authLevel: "anonymous" };
const both: Methods = { methods: ["GET", "POST"], authLevel: "anonymous" };

/** Calls `handlers` for each request, because the app is created after the registration. */
export function registerFunctions(app: typeof azureFunctions, handlers: () => Handlers): void {
  app.http("telephony-hook", {
    ...post,
    route: "okta/telephony",
    handler: (...call) => handlers().hook(...call),
  });
  app.http("delivery-receipts", {
    ...post,
    route: "8x8/receipts",
    handler: (...call) => handlers().receipts(...call),
  });
  app.http("okta-events", {
    ...both,
    route: "okta/events",
    handler: (...call) => handlers().oktaEvents(...call),
  });
  app.http("health", {
    ...get,
    route: "health",
    handler: (...call) => handlers().health(...call),
  });
  app.hook.appTerminate(() => handlers().flush());
}
