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
  api = createApi(org.url, asAdministrator, (seconds) => waits.push(seconds));
});
afterEach(() => org.close());

const listHooks = (as = api) => as.list(["inlineHooks"], { type: "com.okta.telephony.provider" });
const failing = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as OktaError,
  );

test("list() reads all pages of a list", async () => {
  const published = new Date(Date.now() - 1_000).toISOString();
  for (let count = 0; count < 5; count += 1)
    org.log.add({ eventType: "inline_hook.executed", published, count });
  const query = { limit: "1000", filter: 'eventType sw "inline_hook"' };
  expect(await api.list(["logs"], query)).toMatchObject(
    [0, 1, 2, 3, 4].map((count) => ({ count })),
  );
  expect(org.calls).toHaveLength(3);
});

test("list() throws if the next page is at another host, and sends that host nothing", async () => {
  const server = createServer((_request, response) => {
    const link = `<${org.url}/api/v1/groups>; rel="next"`;
    response.writeHead(200, { link }).end("[1]");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const error = await failing(createApi(url, asAdministrator).list(["groups"]));
  server.closeAllConnections();
  server.close();
  expect([error?.message, org.calls]).toEqual([
    expect.stringContaining("next page is at another host"),
    [],
  ]);
});

test("after HTTP 429, list() waits for the rate limit's next window and repeats the call", async () => {
  org.fail("GET", "/inlineHooks", "429");
  expect(await listHooks()).toEqual([]);
  expect(waits).toEqual([expect.closeTo(2, -1)]);
  expect(waits[0]).toBeGreaterThan(0);
});

test("an OktaError has the path and Okta's code, but not Okta's summary", async () => {
  org.fail("GET", "/inlineHooks", "400");
  const error = await failing(listHooks());
  expect(error?.status).toBe(400);
  expect(error?.message).toMatch(
    /^Okta: GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/inlineHooks: HTTP 400, E0000001\. /,
  );
  expect(error?.message).not.toContain("validation");
});

describe("the OktaError for a 403", () => {
  const words = (challenge: string | null, code?: string) =>
    new OktaError("GET /api/v1/logs", 403, code, readChallenge(challenge)).message;

  test("an OktaError names the missing scope in Okta's WWW-Authenticate header, and no admin role", () => {
    const challenge =
      'Bearer realm="of Wilhelmine", error="insufficient_scope", scope="okta.logs.read"';
    const said = words(challenge, "E0000006");
    expect(said).toContain("insufficient_scope: grant the app okta.logs.read (Okta API Scopes).");
    expect(said).not.toMatch(/admin role|Wilhelmine/);
  });

  test("an OktaError names the admin role for E0000006, and never quotes an unexpected header", () => {
    expect(words(null, "E0000006")).toContain("admin role");
    expect(words('Bearer error="Wilhelmine s3cret"')).not.toMatch(/s3cret|admin role/);
  });
});
