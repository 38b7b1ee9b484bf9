import { randomBytes, randomUUID } from "node:crypto";
import type { FunctionApp, ProgrammingModel } from "./core-api.ts";
import type { LogCategory, LogLevel } from "./log.ts";
import type { Route } from "./routes.ts";

/** An HTTP request on its way to the worker, in the fields of the worker's protocol. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
  readonly body?: { readonly bytes: Buffer };
}

/** What the worker hands back for the host to write. */
export interface HttpReply {
  readonly statusCode: string;
  readonly headers: Record<string, string>;
  readonly body?: { readonly bytes?: Uint8Array } | null;
}

/**
 * One invocation in the worker's order: arguments, function, response. Rejects with what the
 * function threw.
 */
export async function invoke(
  app: FunctionApp,
  model: ProgrammingModel,
  { trigger, function: { metadata, callback } }: Route,
  http: HttpCall,
): Promise<HttpReply | undefined> {
  const invocationId = randomUUID();
  const core = {
    invocationId,
    metadata,
    request: {
      invocationId,
      functionId: metadata.name,
      inputData: [{ name: trigger, data: { http } }],
      traceContext: traceContext(http.headers),
    },
    log: (level: LogLevel, category: LogCategory, message: string) => {
      app.log(
        level,
        category,
        `Function.${metadata.name}${category === "user" ? ".User" : ""}`,
        message,
      );
    },
  };
  const invocation = model.getInvocationModel(core);
  const { context, inputs } = await invocation.getArguments();
  const response = await invocation.getResponse(
    context,
    await invocation.invokeFunction(context, inputs, callback),
  );
  return response.returnValue?.http as HttpReply | undefined;
}

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The host joins the caller's trace, or begins one that is not sampled: then nothing downstream may
 * rely on the flag.
 */
function traceContext(headers: Record<string, string>): object {
  const [, caller, flags = "00"] = traceparent.exec(headers["traceparent"] ?? "") ?? [];
  const traceId = caller ?? randomUUID().replaceAll("-", "");
  return {
    traceParent: `00-${traceId}-${randomBytes(8).toString("hex")}-${flags}`,
    traceState: headers["tracestate"] ?? "",
    attributes: {},
  };
}
