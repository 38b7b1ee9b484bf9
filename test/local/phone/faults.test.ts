import { setTimeout as sleep } from "node:timers/promises";
import type { FaultItem } from "../../../local/phone/protocol.ts";
import { until } from "../../until.ts";
import { openStream, startDesk, type Desk } from "./desk.ts";

const send = (desk: Desk, more: object = {}) =>
  desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550151", ...more });

describe("npm start -- --azure", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(["--azure"]);
    // A first hook has read the secrets and loaded the table.
    await send(desk);
    await desk.command.printed(/^\S+ → (accepted) /m);
  });
  afterAll(() => desk.stop());

  test("runs the app as in Azure: secrets in the vault, codes in the table, and every line as on a laptop", async () => {
    const n = await messageOf("+12025550152");
    expect((await desk.post("/sandbox/sign-in", { message: n })).json()).toEqual({ status: 204 });
    await desk.message(n, ({ used }) => used);
    await desk.command.printed(/^\S+ ← outcome: verified · …0152 · sms · US · (joined)/m);
  });

  // The app asks none of them for the sake of one hook: it may take some until it does.
  test.each<[FaultItem["of"], number, string, object]>([
    ["vault", 2, "denied", { wrongSecret: true }],
    ["identity", 3, "down", { wrongSecret: true }],
    ["table", 4, "error", {}],
    ["ingestion", 5, "slow", {}],
  ])(
    "%s fails as often as is set, and nobody's code waits for it",
    async (of, n, fault, wish) => {
      const stream = openStream(desk.url);
      const last = () => stream.events.findLast(({ item }) => item.kind === "fault" && item.n === n)?.item as FaultItem;
      const { seq } = await stream.item<FaultItem>("fault", n);
      const answer = await desk.post("/sandbox/fault", { of, fault, times: 1, ...(fault === "slow" && { ms: 100 }) });
      expect(answer.status).toBe(200);
      await messageOf("+12025550153");
      const over = async (): Promise<boolean> => {
        await send(desk, wish);
        await sleep(500);
        return last().seq > seq && last().on === undefined;
      };
      await until(over, 40_000);
      await stream.close();
    },
    60_000,
  );

  test("a fault of Azure's that there is not, and one with a word too much, are refused", async () => {
    for (const wish of [
      { fault: "explode" },
      { fault: "down", ms: 5 },
      { fault: "slow", ms: "5" },
      { fault: "hang", times: 0 },
    ])
      expect((await desk.post("/sandbox/fault", { of: "vault", ...wish })).status).toBe(400);
  });

  async function messageOf(phoneNumber: string): Promise<number> {
    const { n } = (await send(desk, { phoneNumber })).json() as { n: number };
    const { message } = await desk.hook(n, (hook) => hook.message);
    return message ?? 0;
  }
});
