import { outcomeGroups } from "../../../../tools/local/phone/outcomes.ts";
import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { GUARD_MODE: "enforce" });
});
afterAll(() => desk.stop());

test("each button for an outcome on the phone page causes this outcome in the app", async () => {
  const differing: string[] = [];
  // Send the requests one after the other, because a fault applies to the next request.
  for (const { id, outcome: expected } of outcomeGroups.flatMap(({ offered }) => offered)) {
    const { n } = (await desk.post("/sandbox/outcomes", { id })).json() as { n: number };
    const { event } = await desk.hook(n, (hook) => hook.event);
    const seen = [event?.["outcome"], event?.["reason"]].filter(Boolean).join(" ");
    if (seen !== expected) differing.push(`${id}: ${seen} in place of ${expected}`);
  }
  expect(differing).toEqual([]);
});
