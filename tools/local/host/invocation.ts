import { randomBytes, randomUUID } from "node:crypto";
import type { FunctionApp, ProgrammingModel } from "./core-api.ts";
import type { LogCategory, LogLevel } from "./log.ts";
import type { Route } from "./routes.ts";

/** An HTTP request with the fields of the worker's protocol. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
  readonly body?: { readonly bytes: Buffer };
}

export interface HttpReply {
  readonly statusCode: string;
  readonly headers: Record<string, string>;
  readonly body?: { readonly bytes?: Uint8Array } | null;
}

/** Rejects with the error that the function threw. */
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
 * Continues the caller's trace, or begins a trace that is not sampled. Code that reads the trace
 * must not rely on the sampling flag.
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
