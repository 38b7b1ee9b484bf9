import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { Answer, Api } from "./api.ts";

// There is one fault for each way in which the app handles an answer of 8x8. Unless the fault is in
// `afterChecks`, 8x8 answers before it checks the request, and sends no message.
const fault = z.discriminatedUnion("fault", [
  z.strictObject({ fault: z.enum(["hang", "reset", "401", "500", "503", "garbage"]) }),
  // 8x8 accepts the request, but the receipt of an SMS reports a failure.
  z.strictObject({ fault: z.enum(["no-credit"]) }),
  z.strictObject({ fault: z.enum(["slow"]), ms: z.number().optional() }),
  z.strictObject({
    fault: z.enum(["429"]),
    retryAfter: z.union([z.number(), z.string()]).optional(),
  }),
  z.strictObject({ fault: z.enum(["302"]), location: z.string().optional() }),
  // A refusal with status 200: REJECTED for an SMS, NOT_CREATED for a call.
  z.strictObject({ fault: z.enum(["rejected"]), description: z.string().optional() }),
  // A refusal with an error status and a code: the error envelope for an SMS, NOT_CREATED for a
  // call.
  z.strictObject({
    fault: z.enum(["not-created"]),
    statusCode: z.number().optional(),
    status: z.number().optional(),
  }),
]);
export type Fault = z.infer<typeof fault>;
export const knownFaults: readonly Fault["fault"][] = fault.options.flatMap(
  ({ shape }): readonly Fault["fault"][] => shape.fault.options,
);

export const parseFault = (json: unknown): Fault | undefined => fault.safeParse(json).data;

/** A complete answer. */
export interface Written {
  readonly status: number;
  readonly body: unknown;
}

const afterChecks = ["slow", "no-credit"] as const;
type Misbehaviour = Exclude<Fault, { fault: (typeof afterChecks)[number] }>;

export function isBeforeChecks(fault: Fault): fault is Misbehaviour {
  return !afterChecks.some((name) => name === fault.fault);
}

export function misbehave(
  fault: Misbehaviour,
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
): Written | undefined {
  switch (fault.fault) {
    case "hang":
      return undefined;
    case "reset":
      request.socket.resetAndDestroy();
      return undefined;
    case "302":
      return write(
        response,
        { status: 302, body: {} },
        { location: fault.location ?? "/redirected" },
      );
    case "429":
      return write(
        response,
        api.failure(429),
        fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
      );
    case "401":
    case "500":
    case "503":
      return write(response, api.failure(Number(fault.fault)));
    case "rejected":
      return write(response, api.refusal(200, undefined, fault.description));
    case "not-created":
      return write(response, api.refusal(fault.status ?? 422, fault.statusCode, undefined));
    case "garbage": {
      const body = '{"umid":';
      response.writeHead(200, { "content-type": "application/json" }).end(body);
      return { status: 200, body };
    }
  }
}

export function write(
  response: ServerResponse,
  { status, body }: Answer,
  headers: Record<string, string | number> = {},
): Written {
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(JSON.stringify(body));
  return { status, body };
}
