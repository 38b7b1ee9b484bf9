import { outcomeGroups } from "../../../../tools/local/phone/outcomes.ts";
import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], { GUARD_MODE: "enforce" });
});
afterAll(() => desk.stop());

test("each outcome that the phone page offers is the app's outcome", async () => {
  const differing: string[] = [];
  // One after the other, because their faults are for the next request.
  for (const { id, outcome: expected } of outcomeGroups.flatMap(({ offered }) => offered)) {
    const { n } = (await desk.post("/sandbox/outcomes", { id })).json() as { n: number };
    const { event } = await desk.hook(n, (hook) => hook.event);
    const seen = [event?.["outcome"], event?.["reason"]].filter(Boolean).join(" ");
    if (seen !== expected) differing.push(`${id}: ${seen} in place of ${expected}`);
  }
  expect(differing).toEqual([]);
});
