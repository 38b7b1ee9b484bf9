import { startAzure, type FakeAzure } from "../tools/sandbox/azure.ts";
import { hookBody } from "../tools/sandbox/okta.ts";
import { inAzure, startProcess, type AppProcess } from "./app.ts";
import { until } from "./until.ts";

let azure: FakeAzure;
let app: AppProcess;
afterEach(async () => {
  await app.stop();
  await azure.close();
});

test("after SIGTERM, the worker answers 20 pending requests, sends their events and ends", async () => {
  azure = await startAzure();
  app = await startProcess(inAzure(azure));
  const ids = Array.from({ length: 21 }, (_, hook) => `the-hook-number-${hook}`);
  const [first, ...hooks] = ids.map((eventId) => hookBody({ envelope: { eventId } }));
  // After this request, the secrets are loaded and a connection is open.
  await app.post(first ?? "");
  const { requests } = app.eightByEight;
  app.eightByEight.fail("sms", { fault: "slow", ms: 300 });
  const slow = hooks.slice(0, 10).map((body) => app.post(body));
  await until(() => requests.length >= 11);
  app.eightByEight.fail("sms", { fault: "hang" });
  const hanging = hooks.slice(10).map((body) => app.post(body));
  await until(() => requests.length >= 21);
  process.kill(app.pid, "SIGTERM");
  const answers = (await Promise.all([...slow, ...hanging])).map(({ judged }) => judged.answer);
  expect(answers).toEqual([...slow.map(() => "successful"), ...hanging.map(() => "failed")]);
  await app.ended;
  const reported = azure.ingestion
    .events("otp-delivery")
    .map(({ properties }) => properties["eventId"]);
  expect(reported.toSorted()).toEqual(ids.toSorted());
});

test("after SIGTERM, the worker waits for 8x8's answer to a request that it has answered already", async () => {
  azure = await startAzure();
  azure.vault.set("okta-event-secret", [{ value: "the-event-secret-of-the-tests" }]);
  app = await startProcess({ ...inAzure(azure), STATE_TABLE_URL: azure.tables.url });
  const send = (person: number) =>
    app.post(
      hookBody({
        userProfile: { userId: `00uperson00000${person}` },
        messageProfile: { phoneNumber: `+1202555012${person}` },
      }),
    );
  app.eightByEight.fail("sms", { fault: "hang" });
  await Promise.all([1, 2, 3].map(send));
  app.eightByEight.fail("sms", { fault: "slow", ms: 1_400 });
  const answer = await send(4);
  process.kill(app.pid, "SIGTERM");
  expect([answer.judged.answer, answer.judged.reason]).toEqual(["failed", "deadline"]);
  await app.ended;
  const rows = azure.tables.rows().filter(({ PartitionKey }) => PartitionKey === "00uperson000004");
  expect(rows).toMatchObject([{ providerId: expect.any(String) as string }]);
});
