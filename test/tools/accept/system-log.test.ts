import { readSystemLog } from "../../../tools/accept/system-log.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { eventBatch, hookFailed, sentByOkta } from "../../../tools/sandbox/okta.ts";
import { startOktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";

test("readSystemLog() counts failed requests, and codes that Okta sent itself, between two times", async () => {
  const okta = await startOktaOrg({ apiToken, pageSize: 2 });
  const log = (hoursAgo: number, ...events: readonly object[]) => {
    const published = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    const { data } = eventBatch(events) as { data: { events: object[] } };
    okta.log.add(...data.events.map((event) => ({ ...event, published })));
  };
  const failed = hookFailed({ event: { outcome: { result: "FAILURE", reason: "HTTP 503" } } });
  log(1, sentByOkta("voice", true), sentByOkta("sms", true), sentByOkta("sms", false), failed);
  log(3, sentByOkta("sms", true), failed, failed);
  const org = createOrg(createApi(okta.url, asAdministrator));
  const since = new Date(Date.now() - 2 * 3_600_000);
  expect(await readSystemLog(org, since, new Date())).toEqual({
    failovers: 2,
    processed: 0,
    unread: 0,
    failed: 1,
  });
  await okta.close();
});
