import { createItems } from "../../../../tools/local/phone/items.ts";

const at = "2026-01-01T00:00:00.000Z";
const fault = { n: 1, at, of: "8x8", known: [] } as const;
const message = (n: number) =>
  ({ n, at, channel: "sms", to: "+12025550123", text: "hello" }) as const;

test("createItems() evicts the item with the oldest change first, and keeps faults", () => {
  const items = createItems(4);
  items.put("fault", fault);
  for (const n of [1, 2, 3]) items.put("message", message(n));
  items.change("message", 1, () => ({ used: at }));
  for (const n of [4, 5]) items.put("message", message(n));
  expect(items.all("message").map(({ n }) => n)).toEqual([1, 4, 5]);
  expect(items.get("fault", 1)).toMatchObject(fault);
  items.change("message", 2, () => ({ used: at }));
  expect(items.get("message", 2)).toBeUndefined();
});

test("run() returns an id that differs for each store, and ends with how often it was cleared", () => {
  const items = createItems();
  const [start, cleared] = items.run().split("/");
  items.clear();
  expect([cleared, items.run()]).toEqual(["0", `${start}/1`]);
  expect(createItems().run()).not.toContain(start);
});
