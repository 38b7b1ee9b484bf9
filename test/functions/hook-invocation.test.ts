import { HttpRequest } from "@azure/functions";
import {
  shortenInvocations,
  type HookAnswer,
  type HookContext,
  type HookRequest,
} from "../../src/functions/hook-invocation.ts";

/** What the worker calls of a programming model, one after the other. */
interface InvocationModel {
  getArguments(): Promise<{ context: HookContext; inputs: [HookRequest] }>;
  invokeFunction(context: HookContext, inputs: [HookRequest], handler: unknown): Promise<HookAnswer>;
  getResponse(context: HookContext, answer: HookAnswer): Promise<object>;
}

const ofLibrary = { name: "@azure/functions", version: "4", getCapabilities: () => Promise.resolve({ of: "library" }) };

function invoke(http: object, request: object = {}, name = "telephony-hook") {
  const logged: unknown[][] = [];
  let model = { ...ofLibrary, getInvocationModel: (): object => ({ of: "library" }) } as Parameters<
    Parameters<typeof shortenInvocations>[0]["setProgrammingModel"]
  >[0];
  shortenInvocations(
    { getProgrammingModel: () => model, setProgrammingModel: (shorter) => (model = shorter) },
    "telephony-hook",
  );
  const invocation = model.getInvocationModel({
    invocationId: "an-id",
    metadata: { name },
    request: { inputData: [{ data: { http } }], ...request },
    log: (...line) => logged.push(line),
  });
  return { model, invocation: invocation as InvocationModel, logged };
}

async function read(http: object): Promise<HookRequest> {
  const { inputs } = await invoke(http).invocation.getArguments();
  return inputs[0];
}

describe("a hook's invocation reads of the request what the library reads", () => {
  const bytes = (text: string) => ({ bytes: Buffer.from(text) });
  test.each<[string, object]>([
    ["headers", { headers: { authorization: "secret" }, body: bytes("{}") }],
    ["headers that may be null", { nullableHeaders: { authorization: { value: "secret" }, "content-type": {} } }],
    [
      "both kinds",
      { headers: { authorization: "a", "x-other": "b" }, nullableHeaders: { authorization: { value: "c" } } },
    ],
    ["both kinds, one of them empty", { headers: { authorization: "a" }, nullableHeaders: {} }],
    ["headers of another case", { headers: { Authorization: "secret", "CONTENT-type": "application/json" } }],
    ["no headers", {}],
    ["no body", { headers: {}, body: null }],
    ["an empty body", { body: bytes("") }],
    ["a body of bytes", { body: bytes('{"text":"確認コードは 123456 です 🔑"}') }],
    ["a body of text", { headers: { "content-type": "application/json" }, body: { string: '{"text":"é"}' } }],
    ["a byte order mark", { body: bytes("\uFEFF{}") }],
    ["bytes that are no UTF-8", { body: { bytes: Buffer.from([0x7b, 0xff, 0xc3, 0x7d]) } }],
  ])("%s", async (_, http) => {
    const ours = await read(http);
    const theirs = new HttpRequest({ method: "POST", url: "https://localhost/", ...http });
    for (const name of ["authorization", "content-type", "Authorization", "x-other", "constructor", "__proto__"])
      expect([name, ours.headers.get(name)]).toEqual([name, theirs.headers.get(name)]);
    expect(await ours.text()).toBe(await theirs.text());
  });
});

describe("a hook's invocation", () => {
  test("gives the handler its request and the host's trace, and the worker the answer in its own fields", async () => {
    const { invocation } = invoke(
      { headers: { authorization: "secret" } },
      { traceContext: { traceParent: "00-trace" } },
    );
    const { context, inputs } = await invocation.getArguments();
    const answer = await invocation.invokeFunction(
      context,
      inputs,
      (request: HookRequest, { traceContext }: HookContext) =>
        Promise.resolve({
          status: 503,
          headers: { "content-type": "application/json" },
          body: `{"é":"${request.headers.get("authorization") ?? ""} ${traceContext?.traceParent ?? ""}"}`,
        }),
    );
    expect(await invocation.getResponse(context, answer)).toEqual({
      invocationId: "an-id",
      outputData: [],
      returnValue: {
        http: {
          statusCode: "503",
          headers: { "content-type": "application/json" },
          body: { bytes: Buffer.from('{"é":"secret 00-trace"}') },
        },
      },
    });
  });

  test.each([
    {},
    { traceContext: null },
    { traceContext: { traceParent: null } },
    { inputData: null },
    { inputData: [] },
  ])("with %j has no trace, or no request, and goes on", async (request) => {
    const { context, inputs } = await invoke({}, request).invocation.getArguments();
    expect(context.traceContext?.traceParent).toBeUndefined();
    expect([inputs[0].headers.get("authorization"), await inputs[0].text()]).toEqual([null, ""]);
  });

  test("logs an error in the user's name, as the library does", async () => {
    const { invocation, logged } = invoke({});
    (await invocation.getArguments()).context.error("Unexpected");
    expect(logged).toEqual([["error", "user", "Unexpected"]]);
  });
});

test("other functions, and what the app can do, stay the library's", async () => {
  const { model, invocation } = invoke({}, {}, "health");
  expect(invocation).toEqual({ of: "library" });
  expect(await model.getCapabilities({})).toEqual({ of: "library" });
  expect([model.name, model.version]).toEqual(["@azure/functions", "4"]);
});
