import { randomBytes, randomUUID } from "node:crypto";
import type { FunctionApp, ProgrammingModel, RegisteredFunction } from "./core-api.ts";

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

/**
 * Rejects with the error that the function threw.
 * @param trigger Name of the function's HTTP binding.
 */
export async function invoke(
  app: FunctionApp,
  model: ProgrammingModel,
  { metadata, callback }: RegisteredFunction,
  trigger: string,
  http: HttpCall,
): Promise<HttpReply | undefined> {
  const invocationId = randomUUID();
  const invocation = model.getInvocationModel({
    invocationId,
    metadata,
    request: {
      invocationId,
      functionId: metadata.name,
      inputData: [{ name: trigger, data: { http } }],
      traceContext: traceContext(http.headers),
    },
    log: (level: string, _logCategory: string, message: string) => {
      app.log(level, `Function.${metadata.name}`, message);
    },
  });
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, callback);
  const { returnValue } = await invocation.getResponse(context, result);
  return returnValue?.http as HttpReply | undefined;
}

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/** Continues the caller's trace, or begins a trace that is not sampled. */
function traceContext(headers: Record<string, string>): object {
  const [, caller, flags = "00"] = traceparent.exec(headers["traceparent"] ?? "") ?? [];
  const traceId = caller ?? randomUUID().replaceAll("-", "");
  const traceParent = `00-${traceId}-${randomBytes(8).toString("hex")}-${flags}`;
  return { traceParent, traceState: headers["tracestate"] ?? "", attributes: {} };
}
