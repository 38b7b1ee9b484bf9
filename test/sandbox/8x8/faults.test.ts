import { start8x8, type Fault, type Sandbox8x8 } from "../../../sandbox/8x8.ts";
import { apiKey, call, post, send, sms, smsPath, startSandbox, voicePath } from "../../../sandbox/8x8/well-formed.ts";

let sandbox: Sandbox8x8;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const smsStatus = async (body = sms()): Promise<number> => (await post(sandbox.url + smsPath, body))[0];
const control = (wish: unknown): Promise<[number, unknown]> => post(`${sandbox.url}/sandbox/fault`, wish);
function smsUnder(fault: Fault): Promise<Response> {
  sandbox.fail(fault);
  return send(sandbox.url + smsPath, sms(), {}, AbortSignal.timeout(300));
}

describe("a fault of the 8x8 sandbox", () => {
  const rejected: unknown = expect.objectContaining({ code: "REJECTED" });
  test.each<[Fault, number, object, object]>([
    [{ fault: "401" }, 401, { code: 1200 }, { statusCode: 401 }],
    [{ fault: "403" }, 403, { code: 1201 }, { statusCode: 403 }],
    [{ fault: "426" }, 426, { code: 1014 }, { statusCode: 426 }],
    [{ fault: "429" }, 429, { code: 429 }, { statusCode: 429 }],
    [{ fault: "500" }, 500, { code: 2000 }, { statusCode: 500 }],
    [{ fault: "503" }, 503, { code: 2000 }, { statusCode: 503 }],
    [{ fault: "302" }, 302, {}, {}],
    [{ fault: "rejected" }, 200, { status: rejected }, { sessionStatus: "NOT_CREATED", statusCode: -1014 }],
    [{ fault: "not-created" }, 422, { code: 1000 }, { sessionStatus: "NOT_CREATED", statusCode: -1014 }],
    [{ fault: "not-created", statusCode: -1017, status: 200 }, 200, { status: rejected }, { statusCode: -1017 }],
    [{ fault: "not-created", statusCode: 1005, status: 400 }, 400, { code: 1005 }, { statusCode: 1005 }],
    [{ fault: "wrong-shape" }, 200, { ok: true }, { ok: true }],
  ])("%j answers in the envelope of the API that was asked", async (fault, status, smsBody, voiceBody) => {
    sandbox.fail(fault);
    expect(await post(sandbox.url + smsPath, sms())).toEqual([status, expect.objectContaining(smsBody)]);
    expect(await post(sandbox.url + voicePath, call())).toEqual([status, expect.objectContaining(voiceBody)]);
    expect(sandbox.messages).toEqual([]);
    expect(sandbox.requests).toHaveLength(2);
  });

  test("rejected says why, in the words it was given", async () => {
    sandbox.fail({ fault: "rejected", description: "No credit" });
    const status: unknown = expect.objectContaining({ description: "No credit" });
    expect((await post(sandbox.url + smsPath, sms()))[1]).toMatchObject({ status });
    expect((await post(sandbox.url + voicePath, call()))[1]).toMatchObject({ statusMessage: "No credit" });
  });

  test("no-credit takes an SMS, and the balance of a prepaid account is nothing", async () => {
    const prepaid = await start8x8({ apiKey, balance: 12.5 });
    const balanceOf = async ({ url, accountId }: Sandbox8x8) => {
      const headers = { authorization: `Bearer ${apiKey}` };
      const answer = await fetch(`${url}/api/v1/accounts/${accountId}/balance`, { headers });
      return [answer.status, await answer.json()];
    };
    expect(await balanceOf(prepaid)).toEqual([200, { balance: 12.5, currency: "USD" }]);
    prepaid.fail({ fault: "no-credit" });
    expect(await balanceOf(prepaid)).toEqual([200, { balance: 0, currency: "USD" }]);
    await prepaid.close();
    expect(await balanceOf(sandbox)).toEqual([403, expect.objectContaining({ code: 1201 })]);
    sandbox.fail({ fault: "no-credit" });
    expect(await smsStatus()).toBe(200);
  });

  test("429 carries the Retry-After it was given, 302 the location, 426 the upgrade", async () => {
    expect((await smsUnder({ fault: "429", retryAfter: 2 })).headers.get("retry-after")).toBe("2");
    expect((await smsUnder({ fault: "429" })).headers.get("retry-after")).toBeNull();
    expect((await smsUnder({ fault: "302", location: "/away" })).headers.get("location")).toBe("/away");
    expect((await smsUnder({ fault: "426" })).headers.get("upgrade")).toBe("TLS/1.3");
  });

  test("garbage and html-502 are no JSON", async () => {
    await expect((await smsUnder({ fault: "garbage" })).json()).rejects.toThrow("JSON");
    const html = await smsUnder({ fault: "html-502" });
    expect([html.status, html.headers.get("content-type")]).toEqual([502, "text/html"]);
  });

  test("reset cuts the connection, hang never answers, and the request has arrived", async () => {
    await expect(smsUnder({ fault: "reset" })).rejects.toThrow("fetch failed");
    await expect(smsUnder({ fault: "hang" })).rejects.toThrow("timeout");
    expect(sandbox.requests).toHaveLength(2);
  });

  test.each<[Fault, number]>([
    [{ fault: "trickle" }, 2],
    [{ fault: "endless" }, 16 * 1024],
  ])("%j gives headers, and a body that does not end", async (fault, atLeast) => {
    const answer = await smsUnder(fault);
    expect(answer.status).toBe(200);
    let bytes = 0;
    const read = async (): Promise<void> => {
      for await (const chunk of answer.body ?? []) bytes += (chunk as Uint8Array).byteLength;
    };
    await expect(read()).rejects.toThrow("timeout");
    expect(bytes).toBeGreaterThan(atLeast);
  });

  test("slow takes its time and then judges as ever", async () => {
    sandbox.fail({ fault: "slow", ms: 60 });
    const start = performance.now();
    expect(await smsStatus()).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
    expect(await smsStatus(sms({ encoding: "x" }))).toBe(400);
    expect(sandbox.messages).toHaveLength(1);
  });

  test("lasts for the number of requests that is set, or until recover", async () => {
    sandbox.fail({ fault: "500" }, 1);
    expect([await smsStatus(), await smsStatus()]).toEqual([500, 200]);
    sandbox.fail({ fault: "500" });
    expect([await smsStatus(), await smsStatus()]).toEqual([500, 500]);
    sandbox.recover();
    expect(await smsStatus()).toBe(200);
  });

  test("is set and taken away over HTTP too, and that is none of the recorded requests", async () => {
    const wish = { fault: "429", retryAfter: 1, times: 1 };
    expect(await control(wish)).toEqual([200, wish]);
    expect([await smsStatus(), await smsStatus()]).toEqual([429, 200]);
    await control({ fault: "500" });
    await control({ fault: "none" });
    expect(await smsStatus()).toBe(200);
    expect(sandbox.requests).toHaveLength(3);
  });

  test.each([{ fault: "explode" }, { fault: "slow", seconds: 1 }, { fault: "slow", ms: "1" }, "{", {}])(
    "%j is refused over HTTP with a list of those there are",
    async (wish) => {
      const known: unknown = expect.arrayContaining(["hang", "not-created", "none"]);
      expect(await control(wish)).toEqual([400, expect.objectContaining({ known })]);
      expect(await smsStatus()).toBe(200);
    },
  );
});
