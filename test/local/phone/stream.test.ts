import type { HookItem } from "../../../local/phone/protocol.ts";
import { openStream, startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const send = async (phoneNumber: string): Promise<number> =>
  ((await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber })).json() as { n: number }).n;

test("who comes back gets all that changed meanwhile, and nothing twice", async () => {
  const before = openStream(desk.url);
  const first = await send("+12025550101");
  await before.item("hook", first, (hook) => "answer" in hook);
  await before.close();
  expect(new Set(before.events.map(({ id }) => id)).size).toBe(before.events.length);
  const last = before.events.at(-1);
  const second = await send("+12025550102");
  const hook = await desk.hook(second, ({ answer, event, message }) => answer && event && message);
  const after = openStream(desk.url, last?.id);
  await after.item("hook", second, (item) => item.seq >= hook.seq);
  const all = openStream(desk.url);
  await all.item("hook", second, (item) => item.seq >= hook.seq);
  await Promise.all([after.close(), all.close()]);
  const changed = all.events.filter(({ item }) => item.seq > (last?.item.seq ?? 0));
  // Who was there earlier may have seen an item in an earlier state too.
  const ids = after.events.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(changed.map(({ id }) => id)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(after.events.map(({ item }) => item.kind)).toContain("message");
  const seqs = all.events.map(({ item }) => item.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
});

test("who comes back after a new start gets everything, whatever the number it had", async () => {
  const stream = openStream(desk.url, "another-run.999999");
  await stream.item("hook", await send("+12025550103"));
  const faults = stream.events.map(({ item }) => item).filter(({ kind }) => kind === "fault");
  const without = { unavailable: expect.stringContaining("--azure") as unknown };
  expect(faults).toMatchObject([{ of: "8x8" }, ...Array.from({ length: 4 }, () => without)]);
  await stream.close();
});

test("what is cleared is forgotten by who is connected and by who comes back, and numbers go on", async () => {
  const stream = openStream(desk.url);
  const before = await send("+12025550104");
  await stream.item("hook", before, ({ answer, message }: HookItem) => answer && message);
  const last = stream.events.at(-1)?.id;
  expect((await desk.post("/sandbox/clear", {})).status).toBe(200);
  expect((await desk.get("/sandbox/traffic")).json()).toEqual({ hooks: [], messages: [] });
  expect(await send("+12025550105")).toBe(before + 1);
  await stream.item("hook", before + 1);
  const comesBack = openStream(desk.url, last);
  await comesBack.item("hook", before + 1);
  expect(comesBack.events.filter(({ item }) => item.kind === "hook" && item.n <= before)).toEqual([]);
  expect(comesBack.events.filter(({ item }) => item.kind === "fault")).toHaveLength(5);
  expect(new Set(stream.events.map(({ id }) => id.split(".")[0])).size).toBe(2);
  await Promise.all([stream.close(), comesBack.close()]);
});
