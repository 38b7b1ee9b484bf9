import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { authenticatedBy, oktaUserId } from "../../tools/sandbox/okta.ts";
import { inAzure, startApp, startAzureHere } from "../app.ts";
import { startOutcomes } from "../functions/outcomes-in-azure.ts";
import { until } from "../until.ts";

let end: (() => Promise<void>) | undefined;
afterEach(() => end?.());

const oldRow = (user: string) => ({
  PartitionKey: user,
  RowKey: "sign-in-sms",
  sentAt: "2020-01-01T00:00:00.000Z",
});

test("the sweep lists and deletes old rows, but keeps a row that is overwritten between these two steps", async () => {
  const azure = await startAzureHere();
  const { tables } = azure;
  for (const user of ["00u1", "00u2", "00u3"]) tables.put(oldRow(user));
  const renewed = { ...oldRow("00u1"), sentAt: new Date().toISOString() };
  const renew = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "DELETE" && request.url?.includes("00u1")) tables.put(renewed);
  };
  subscribe("http.server.request.start", renew);
  const app = await startApp({ ...inAzure(azure), STATE_TABLE_URL: tables.url });
  await app.idle();
  app.clock.turn(60_000);
  await until(() => tables.rows().length === 1);
  expect(tables.rows()).toMatchObject([renewed]);
  await app.stop();
  expect(app.output()).not.toContain("The table of sent codes could not be used");
  unsubscribe("http.server.request.start", renew);
  await azure.close();
});

test("the sweep logs a warning if the table refuses to delete a row", async () => {
  const azure = await startAzureHere();
  azure.tables.put(oldRow("00u1"));
  const refuse = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "DELETE") azure.tables.fail("denied");
  };
  subscribe("http.server.request.start", refuse);
  const app = await startApp({ ...inAzure(azure), STATE_TABLE_URL: azure.tables.url });
  end = () => app.stop().then(() => azure.close());
  await app.idle();
  app.clock.turn(60_000);
  await until(() => app.output().includes("The table of sent codes could not be used (403)"));
  unsubscribe("http.server.request.start", refuse);
});

test("if a newer code overwrites the row of a used code, the event is still matched, and the newer code stays unused", async () => {
  const { azure, app, okta, send, stopAndReadEvents, stop } = await startOutcomes();
  end = stop;
  const { tables } = azure;
  await send();
  await app.idle();
  await until(() => tables.rows().length > 0);
  const [row = {}] = tables.rows();
  const renew = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "PUT" && request.url?.includes(oktaUserId)) tables.put({ ...row });
  };
  subscribe("http.server.request.start", renew);
  await okta.deliver([authenticatedBy("sms")]);
  unsubscribe("http.server.request.start", renew);
  expect(tables.rows()[0]).not.toHaveProperty("usedBy");
  expect(await stopAndReadEvents("otp-outcome")).toMatchObject([{ join: "joined" }]);
});
