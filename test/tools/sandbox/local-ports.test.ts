import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttpServer } from "../../../tools/local/host/server.ts";
import { FunctionApp } from "../../../tools/local/host/core-api.ts";
import { startReal8x8 } from "../../../tools/local/start/real-8x8.ts";
import { start8x8 } from "../../../tools/sandbox/8x8.ts";
import { startStandIn } from "../../../tools/sandbox/azure/stand-in.ts";
import { startSecondHook } from "../../../tools/sandbox/second-hook.ts";
import { startOktaOrg } from "../../../tools/sandbox/okta/management/org.ts";

interface Port {
  readonly url: string;
  readonly path: string;
  /** Number of requests that the server accepted. */
  readonly taken: () => number;
  close(): unknown;
}

const answerOf = (status: number) => ({ status, body: {} });
const ports: Readonly<Record<string, () => Promise<Port>>> = {
  "tools/sandbox/okta/management/org.ts": async () => {
    const org = await startOktaOrg({ apiToken: "a-token" });
    return { ...org, path: "/api/v1/inlineHooks", taken: () => org.calls.length };
  },
  "tools/sandbox/8x8.ts": async () => {
    const sandbox = await start8x8({ apiKey: "a-key" });
    return {
      ...sandbox,
      path: "/api/v1/subaccounts/a/messages",
      taken: () => sandbox.requests.length,
    };
  },
  "tools/sandbox/second-hook.ts": async () => {
    const hook = await startSecondHook({ secret: "a-secret" });
    const { origin, pathname } = new URL(hook.url);
    return { ...hook, url: origin, path: pathname, taken: () => hook.requests.length };
  },
  "tools/sandbox/azure/stand-in.ts": async () => {
    const standIn = await startStandIn({
      note: () => ({}),
      answer: () => answerOf(200),
      error: answerOf(500),
      denied: answerOf(403),
    });
    const url = `http://127.0.0.1:${standIn.port}`;
    return { ...standIn, url, path: "/metadata", taken: () => standIn.requests.length };
  },
  "tools/local/start/pass-on.ts": async () => {
    let taken = 0;
    const eightByEight = createServer((_, response) => {
      taken += 1;
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await once(eightByEight, "listening");
    const { port } = eightByEight.address() as AddressInfo;
    const real = await startReal8x8(`http://127.0.0.1:${port}`, ["+4915123456789"]);
    return {
      ...real,
      path: "/api/v1/feedback",
      taken: () => taken,
      async close() {
        await real.close();
        eightByEight.close();
      },
    };
  },
  "tools/local/host/server.ts": async () => {
    let taken = 0;
    const app = new FunctionApp(() => undefined);
    const server = createHttpServer(app, { onWrongPath: () => (taken += 1) }).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, path: "/api/okta/telephony", taken: () => taken, close: () => server.close() };
  },
};

let port: Port | undefined;
afterEach(async () => {
  await port?.close();
});

/** Returns the status, or 0 if the server cut the connection. */
function post(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", () => {
      resolve(0);
    });
    sent.end("{}");
  });
}

const pages: readonly Record<string, string>[] = [
  { "content-type": "text/plain", origin: "https://page.test", "sec-fetch-site": "cross-site" },
  { "content-type": "text/plain", origin: "null" },
  // DNS rebinding: the host name of another site may resolve to this machine.
  { "content-type": "text/plain", host: "page.test", "sec-fetch-site": "same-origin" },
];

test.each(Object.entries(ports))(
  "the server in %s refuses every request of another site's page",
  async (_, start) => {
    port = await start();
    for (const headers of pages) expect(await post(port.url + port.path, headers)).toBe(403);
    expect(port.taken()).toBe(0);
    await post(port.url + port.path, { "content-type": "application/json" });
    expect(port.taken()).toBe(1);
  },
);

/** These servers keep no requests. The proxy keeps only the names of the requested hosts. */
const others = ["tools/local/start/ports.ts", "tools/sandbox/azure/proxy.ts"];
test("each file in tools/ that creates a server has a test above, or is in `others`", () => {
  const opened = globSync("tools/**/*.ts", { exclude: ["tools/bench/**"] }).filter((file) =>
    /\bcreateServer\(/.test(readFileSync(file, "utf8")),
  );
  expect(opened.toSorted()).toEqual([...Object.keys(ports), ...others].toSorted());
});
