import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { typeAnswers } from "../../scripts/terminal.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

let okta: Okta;
let proxy: Server;
/** Hosts that the command tried to reach. */
let reached: string[];
let env: Record<string, string>;
beforeEach(async () => {
  okta = await startOkta("https://func-octo.azurewebsites.net/api/okta/telephony");
  reached = [];
  proxy = createServer().on("connect", ({ url = "" }, socket) => {
    reached.push(url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  env = {
    // https://nodejs.org/api/http.html#built-in-proxy-support
    NODE_USE_ENV_PROXY: "1",
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    OKTA_API_TOKEN: apiToken,
  };
});
afterEach(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await okta.stop();
});

const inPipeline = { CI: "true", TRUSTED_HOSTS: "func-octo.azurewebsites.net" };
const own = "https://acme.okta.com";
const custom = "https://login.acme.test";

test.each<[string, string, Record<string, string>, boolean]>([
  ["plan reaches an org at Okta's own host", own, {}, true],
  ["plan refuses another host without a terminal", custom, {}, false],
  ["plan refuses a host that begins like Okta's", "https://acme.okta.com.acme.test", {}, false],
  ["plan refuses a host that ends like Okta's", "https://acme-okta.com", {}, false],
  ["plan reaches a host that OKTA_ORG_URL names", custom, { OKTA_ORG_URL: custom }, true],
  ["plan refuses an org that differs from OKTA_ORG_URL", own, { OKTA_ORG_URL: custom }, false],
  ["plan refuses Okta's own host in a pipeline without OKTA_ORG_URL", own, inPipeline, false],
  [
    "plan reaches the org of OKTA_ORG_URL in a pipeline",
    own,
    { ...inPipeline, OKTA_ORG_URL: own },
    true,
  ],
])("%s", async (_, org, more, isReached) => {
  okta.want({ org });
  const { exitCode, output } = await okta.okta("plan --env test", { env: { ...env, ...more } });
  const saysNothingWasSent = output.includes(`Nothing was sent to ${new URL(org).host}`);
  expect([exitCode, reached.length > 0, saysNothingWasSent]).toEqual([1, isReached, !isReached]);
});

const type = (command: string, answers: Record<string, string>) =>
  typeAnswers(
    `${process.execPath} ${join(__dirname, "../../../tools/okta/main.ts")} ${command} --env test`,
    answers,
    okta.folder,
    { ...env, PATH: process.env["PATH"] ?? "" },
  );

test.each([
  ["y", 1],
  ["", 0],
])(
  "plan at a terminal asks about a host that is not Okta's, and after %j sends %i requests",
  async (answer, calls) => {
    okta.want({ org: custom });
    const { screen } = await type("plan", { "login.acme.test": answer });
    expect(screen).toContain("login.acme.test is not one of Okta's own hosts");
    expect(reached).toEqual(Array<string>(calls).fill("login.acme.test:443"));
  },
);

test.each<[string, Record<string, string>, boolean, string]>([
  [
    "refuses every host in a pipeline without TRUSTED_HOSTS",
    {},
    false,
    "gh variable set TRUSTED_HOSTS --env okta-rotate-test --body 'func-octo.azurewebsites.net'",
  ],
  ["accepts a host that TRUSTED_HOSTS lists", inPipeline, true, ""],
])("rotate %s", async (_, more, isReached, words) => {
  okta.want({ org: own });
  const { exitCode, output } = await okta.okta("rotate --env test --vault kv-test", {
    env: { ...env, CI: "true", OKTA_ORG_URL: own, ...more },
  });
  expect([exitCode, reached.length > 0]).toEqual([1, isReached]);
  expect(output).toContain(words);
});

test.each([
  ["n", 0],
  ["y", 1],
])(
  "without TRUSTED_HOSTS, apply at a terminal asks about the hook's host, and after %j creates %i hooks",
  async (answer, hooks) => {
    const { screen } = await type("apply --yes --unproved", {
      "Is this host yours?": answer,
      "Hook secret": "a-hook-secret-of-this-test",
    });
    expect(screen).toContain("Secrets and events go to func-octo.azurewebsites.net.");
    expect(okta.org.hooks.all()).toHaveLength(hooks);
  },
);
