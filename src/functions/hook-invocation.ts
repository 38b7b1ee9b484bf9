/** What the hook's handler needs of a request: `HttpRequest` of `@azure/functions` has it, and so has ours. */
export interface HookRequest {
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The same of `InvocationContext`. */
export interface HookContext {
  readonly traceContext?: { readonly traceParent?: string | undefined } | undefined;
  error(message: string): void;
}

export interface HookAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type HookHandler = (request: HookRequest, context: HookContext) => Promise<HookAnswer>;

/**
 * The worker's side of an app, as far as it is used here; `@azure/functions` is built on the same.
 * https://github.com/Azure/azure-functions-nodejs-worker/blob/v3.x/types-core/index.d.ts
 */
export interface WorkerCore {
  getProgrammingModel(): ProgrammingModel;
  setProgrammingModel(model: ProgrammingModel): void;
}

interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getCapabilities(capabilities: object): Promise<object>;
  getInvocationModel(invocation: Invocation): object;
}

interface Invocation {
  readonly invocationId: string;
  readonly metadata: { readonly name?: string | null };
  readonly request: {
    readonly inputData?: readonly { readonly data?: { readonly http?: RpcHttp | null } | null }[] | null;
    readonly traceContext?: { readonly traceParent?: string | null } | null;
  };
  log(level: "error", category: "user", message: string): void;
}

/** One of the two kinds of headers is filled, which one is the host's choice. */
interface RpcHttp {
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly nullableHeaders?: Readonly<Record<string, { readonly value?: string | null }>> | null;
  readonly body?: { readonly bytes?: Uint8Array | null; readonly string?: string | null } | null;
}

/**
 * Hands the hook's requests to its handler as they come from the worker. `@azure/functions` makes a fetch `Request` and
 * `Response` of each, streams included: a third of a warm hook's CPU and 20 ms of the first one (README, decisions).
 * An app that streams HTTP, or whose hooks look into the invocation's context, needs the library's.
 */
export function shortenInvocations(core: WorkerCore, functionName: string): void {
  const library = core.getProgrammingModel();
  core.setProgrammingModel({
    name: library.name,
    version: library.version,
    getCapabilities: (capabilities) => library.getCapabilities(capabilities),
    getInvocationModel: (invocation) =>
      invocation.metadata.name === functionName ? createInvocation(invocation) : library.getInvocationModel(invocation),
  });
}

function createInvocation(invocation: Invocation) {
  const { invocationId, request } = invocation;
  return {
    getArguments() {
      const context: HookContext = {
        traceContext: { traceParent: request.traceContext?.traceParent ?? undefined },
        error(message) {
          invocation.log("error", "user", message);
        },
      };
      return Promise.resolve({ context, inputs: [readRequest(request.inputData?.[0]?.data?.http ?? {})] });
    },
    invokeFunction: (context: HookContext, [hook]: [HookRequest], handler: HookHandler) => handler(hook, context),
    getResponse(_: HookContext, { status, headers, body }: HookAnswer) {
      const http = { statusCode: String(status), headers, body: { bytes: Buffer.from(body) } };
      return Promise.resolve({ invocationId, outputData: [], returnValue: { http } });
    },
  };
}

const utf8 = new TextDecoder();

function readRequest({ headers, nullableHeaders, body }: RpcHttp): HookRequest {
  const nullable = Object.keys(nullableHeaders ?? {}).length > 0;
  return {
    headers: {
      get(name) {
        if (!nullable) return find(headers, name) ?? null;
        const header = find(nullableHeaders, name);
        return header === undefined ? null : (header.value ?? "");
      },
    },
    text: () => Promise.resolve(body?.bytes ? utf8.decode(body.bytes) : (body?.string ?? "")),
  };
}

/** The names of headers have no case. */
function find<T>(headers: Readonly<Record<string, T>> | null | undefined, name: string): T | undefined {
  const wanted = name.toLowerCase();
  const [, value] = Object.entries(headers ?? {}).find(([given]) => given.toLowerCase() === wanted) ?? [];
  return value;
}
