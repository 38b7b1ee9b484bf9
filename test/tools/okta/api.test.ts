import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { OktaError, readChallenge } from "../../../tools/okta/okta-error.ts";
import { createApi, type Api } from "../../../tools/okta/api.ts";
import { apiToken, asAdministrator } from "./signed-in.ts";

let org: OktaOrg;
let api: Api;
const waits: number[] = [];
beforeEach(async () => {
  waits.length = 0;
  org = await startOktaOrg({ apiToken, pageSize: 2 });
  api = createApi(org.url, asAdministrator, { onWait: (seconds) => waits.push(seconds) });
});
afterEach(() => org.close());

const listHooks = (as = api) => as.list(["inlineHooks"], { type: "com.okta.telephony.provider" });
const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as OktaError,
  );

test("list() reads all pages of a list", async () => {
  for (let count = 0; count < 5; count += 1)
    org.log.add({
      eventType: "inline_hook.executed",
      published: new Date(Date.now() - 1_000).toISOString(),
      count,
    });
  const query = { limit: "1000", filter: 'eventType sw "inline_hook"' };
  expect(await api.list(["logs"], query)).toMatchObject(
    [0, 1, 2, 3, 4].map((count) => ({ count })),
  );
  expect(org.calls).toHaveLength(3);
});

/** Lists groups of a server whose `next` links lead to `origin`, or to the server itself. */
async function listWith(origin?: string) {
  const asked: unknown[] = [];
  const server = createServer(({ url, headers }, response) => {
    asked.push(url);
    const next = origin ?? `http://${headers.host ?? ""}`;
    response.writeHead(200, { link: `<${next}/api/v1/groups>; rel="next"` }).end("[1]");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await failing(createApi(url, asAdministrator).list(["groups"]));
  server.closeAllConnections();
  server.close();
  return { error, asked };
}

test("list() throws if the next page is at another host, and sends that host nothing", async () => {
  const { error, asked } = await listWith(org.url);
  expect([asked, org.calls]).toEqual([["/api/v1/groups"], []]);
  expect(error?.message).toContain("next page is at another host");
});

test("list() throws after 200 pages if every page links to a next one", async () => {
  const { error, asked } = await listWith();
  expect(asked.length).toBe(200);
  expect(error?.message).toMatch(
    /^Okta's list has more than 200 pages: GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/groups\./,
  );
});

test("list() waits after a rate limit for the next window, then repeats the call", async () => {
  org.fail("GET", "/inlineHooks", "429");
  expect(await listHooks()).toEqual([]);
  expect(waits).toEqual([expect.closeTo(2, -1)]);
  expect(waits[0]).toBeGreaterThan(0);
});

test("list() throws if the rate limit's next window is further away than waitLimitMs", async () => {
  org.fail("GET", "/inlineHooks", "429");
  const withoutWait = createApi(org.url, asAdministrator, { waitLimitMs: 100 });
  expect(await failing(listHooks(withoutWait))).toMatchObject({
    status: 429,
    code: "E0000047",
    refused: true,
  });
});

test("an OktaError has the path and Okta's code, but not Okta's summary", async () => {
  org.fail("GET", "/inlineHooks", "400");
  const error = await failing(listHooks());
  expect(error).toMatchObject({ status: 400, code: "E0000001" });
  expect(error?.message).toMatch(
    /^Okta: GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/inlineHooks: HTTP 400, E0000001\. /,
  );
  expect(error?.message).not.toContain("validation");
});

describe("the OktaError for a 403", () => {
  const words = (challenge: string | null, code?: string) =>
    new OktaError("GET /api/v1/logs", 403, code, readChallenge(challenge)).message;

  test("names the missing scope from Okta's challenge, and no admin role", () => {
    const challenge =
      'Bearer realm="of Wilhelmine", error="insufficient_scope", scope="okta.logs.read"';
    const said = words(challenge, "E0000006");
    expect(said).toContain("insufficient_scope: grant the app okta.logs.read (Okta API Scopes).");
    expect(said).not.toMatch(/admin role|Wilhelmine/);
  });

  test.each([
    ["names an admin role when Okta's code is E0000006", null, "E0000006", true],
    ["names no cause without Okta's code and a challenge", null, undefined, false],
    [
      "never quotes a challenge in an unexpected format",
      'Bearer error="Wilhelmine s3cret"',
      undefined,
      false,
    ],
  ])("%s", (_, challenge, code, isRole) => {
    expect(words(challenge, code).includes("admin role")).toBe(isRole);
    expect(words(challenge, code)).not.toContain("s3cret");
  });
});

test.each(["500", "cut before", "cut after"] as const)(
  "call() marks a PUT as unclear after %s, and does not repeat the PUT",
  async (how) => {
    org.fail("PUT", "", how);
    expect(await failing(api.call("PUT", ["inlineHooks", "cal1"], {}))).toMatchObject({
      refused: false,
    });
    expect(org.calls).toHaveLength(1);
  },
);

test("call() encodes each part of a path as one segment, and refuses parts that leave the API", async () => {
  await failing(
    api.call("POST", ["authenticators", "../../users/00u1/lifecycle/suspend?x=#", "methods"]),
  );
  expect(org.calls.map(({ call }) => call)).toEqual([
    "POST /api/v1/authenticators/..%2F..%2Fusers%2F00u1%2Flifecycle%2Fsuspend%3Fx%3D%23/methods",
  ]);
  for (const part of ["", ".", ".."])
    await expect(api.call("POST", ["authenticators", part, "users"])).rejects.toThrow(
      "Use an Okta id",
    );
  expect(org.calls).toHaveLength(1);
});
