import { createAzureClients } from "../../src/azure/clients.ts";
import { dropping } from "../../src/telemetry/event.ts";
import { systemClock } from "../../src/timing/clock.ts";
import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

describe("loading the SDK", () => {
  test("without a connection string, the app drops events and does not load the SDK", () => {
    const unset = { clientId: undefined, connectionString: undefined };
    expect(createAzureClients(systemClock, unset, undefined).loadExporter()).toBe(dropping);
  });

  test("the SDK is loaded 1 s after the start if no request came", async () => {
    const { state } = start();
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("the SDK is loaded 1 s after the last answer", async () => {
    const { state, answer } = start();
    for (let count = 0; count < 4; count++) {
      await pass(900);
      answer(event(count));
    }
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("the SDK is loaded only when every pending request has been answered", async () => {
    const { telemetry, state } = start();
    telemetry.begin();
    telemetry.begin();
    await pass(2_400);
    telemetry.send(event(1));
    telemetry.end();
    await pass(2_400);
    expect(state.loads).toBe(0);
    telemetry.send(event(2));
    telemetry.end();
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("the SDK is loaded 5 s after the first event if the worker is never idle", async () => {
    const { telemetry, state } = start();
    telemetry.begin();
    for (let count = 0; count < 49; count++) {
      telemetry.begin();
      telemetry.send(event(count));
      telemetry.end();
      await pass(100);
    }
    expect(state.loads).toBe(0);
    telemetry.begin();
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("the SDK is loaded only once, even after several events and flushes", async () => {
    const { telemetry, state, answer } = start();
    answer(event(1));
    await Promise.all([telemetry.flush(), telemetry.flush(), pass(20_000)]);
    answer(event(2));
    await pass(20_000);
    expect(state.loads).toBe(1);
  });
});

describe("flushing", () => {
  test("flush() loads the SDK and sends the waiting event", async () => {
    const { telemetry, sent, state, answer } = start();
    answer(event(1));
    await telemetry.flush();
    expect(counts(sent)).toEqual([1]);
    expect(state.flushes).toBeGreaterThan(0);
  });
});
