import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";

const secret = "a secret for Okta";

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: { eventId?: string; data?: { messageProfile: Record<string, string> } };
}

/** Runs the command against a server that answers as told. */
async function hook(
  answer: (response: ServerResponse) => void,
  args: readonly string[] = [],
  env: Record<string, string> = { OKTA_HOOK_SECRET: secret },
): Promise<{ exitCode: number; output: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ headers: request.headers, body: body as Received["body"] });
      answer(response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/okta/telephony`;
  const child = spawn(process.execPath, ["tools/hook.ts", "--url", url, ...args], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const [exitCode] = (await once(child, "close")) as [number];
  server.closeAllConnections();
  server.close();
  return { exitCode, output, received };
}

const say =
  (body: object, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
const command = (status: string): ReturnType<typeof say> =>
  say({ commands: [{ type: "com.okta.telephony.action", value: [{ status, transactionId: "umid-1" }] }] });
const errorObject = (status: number): ReturnType<typeof say> => say({ error: { errorSummary: "No" } }, status);
const html = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/html" }).end("<p>");
};
const cut = (response: ServerResponse): void => {
  response.destroy();
};

test.each<[string, (response: ServerResponse) => void, Record<string, number>]>([
  ["SUCCESSFUL", command("SUCCESSFUL"), { accepted: 0, refused: 1, answered: 0 }],
  ["PENDING", command("PENDING"), { accepted: 1, refused: 0 }],
  ["FAILED", command("FAILED"), { accepted: 1, refused: 0 }],
  ["a 503 with an error object", errorObject(503), { accepted: 1, unauthenticated: 1, answered: 0 }],
  ["a 401 with an error object", errorObject(401), { accepted: 1, unauthenticated: 0 }],
  ["what is not in the contract", html, { accepted: 2, refused: 2, answered: 2 }],
  ["a cut connection", cut, { accepted: 2, answered: 2 }],
])("the exit code for %s depends on what is expected", async (_, answer, codes) => {
  const runs = Object.keys(codes).map(async (expected) => {
    const { exitCode } = await hook(answer, ["--expect", expected]);
    return [expected, exitCode];
  });
  expect(Object.fromEntries(await Promise.all(runs))).toEqual(codes);
});

describe("npm run hook", () => {
  test("sends one hook that is Okta's, and prints neither code, number nor secret", async () => {
    const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [
      "--phone",
      "+6591234567",
      "--locale",
      "de",
    ]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^Accepted: .*\nHTTP 200 in \d+ ms, transaction umid-1\n$/);
    const [{ headers, body } = { headers: {}, body: {} }, ...more] = received;
    expect(more).toEqual([]);
    expect(headers).toMatchObject({
      authorization: secret,
      "content-type": "application/json",
      "content-length": /\d/,
    });
    const profile = body.data?.messageProfile ?? {};
    expect(profile).toMatchObject({ phoneNumber: "+6591234567", locale: "de", deliveryChannel: "SMS" });
    expect(profile["otpCode"]).toMatch(/^\d{6}$/);
    expect(profile["msgTemplate"]).toContain(profile["otpCode"]);
    expect(Date.parse(profile["otpExpires"] ?? "")).toBeGreaterThan(Date.now() + 4 * 60_000);
    for (const hidden of [secret, "6591234567", String(profile["otpCode"])]) expect(output).not.toContain(hidden);
  });

  test("asks for a call, with the secret in the header that Okta is set to, and an event of its own", async () => {
    const env = { OKTA_HOOK_SECRET: secret, OKTA_AUTH_HEADER: "x-telephony-key" };
    const runs = [await hook(command("FAILED"), ["--channel", "voice"], env), await hook(command("FAILED"), [], env)];
    const [call, other] = runs.map(({ received }) => received[0]);
    expect(call?.headers).toMatchObject({ "x-telephony-key": secret });
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.body.data?.messageProfile["deliveryChannel"]).toBe("Voice");
    expect(call?.body.eventId).not.toBe(other?.body.eventId);
  });

  test("sends a body file as it is", async () => {
    const file = join(tmpdir(), `hook-${process.pid}.json`);
    writeFileSync(file, '{"eventId":"of the file"}');
    expect((await hook(errorObject(400), ["--body", file])).received[0]?.body).toEqual({ eventId: "of the file" });
    rmSync(file);
  });

  test("gives up after Okta's 3 seconds, also when the answer has begun", async () => {
    const { exitCode, output } = await hook((response) => response.writeHead(200).write("{"));
    expect(exitCode).toBe(2);
    expect(output).toContain("no answer in 3 s");
  }, 10_000);

  test.each([
    ["an unknown option", ["--fone", "1"], "--fone"],
    ["an unknown channel", ["--channel", "push"], "--channel is sms or voice"],
    ["an unknown expectation", ["--expect", "luck"], "--expect is one of accepted"],
    ["plain http to another machine", ["--url", "http://example.com/"], "https URL"],
    ["a body file that is not there", ["--body", "/nowhere.json"], "nowhere.json"],
  ])("exits with 64 at %s, and sends nothing", async (_, args, words) => {
    const { exitCode, output, received } = await hook(command("SUCCESSFUL"), args);
    expect([exitCode, received]).toEqual([64, []]);
    expect(output).toContain(words);
  });

  test("needs the secret, but not to see a stranger refused", async () => {
    expect(await hook(command("SUCCESSFUL"), [], {})).toMatchObject({ exitCode: 64, received: [] });
    const stranger = await hook(errorObject(401), ["--expect", "unauthenticated"], {});
    expect([stranger.exitCode, stranger.received[0]?.headers.authorization]).toEqual([0, undefined]);
  });
});
