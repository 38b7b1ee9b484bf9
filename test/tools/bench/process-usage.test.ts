import { cpuMs, cpuPerRequest, tickMs } from "../../../tools/bench/process-usage.ts";

test("cpuPerRequest() divides the CPU time until the next turn by the turn's requests", () => {
  const turns = [
    { cpuBeforeMs: 1_000, requests: 2_000 },
    { cpuBeforeMs: 2_000, requests: 1_000 },
  ];
  expect(cpuPerRequest(turns, 2_800)).toEqual([0.5, 0.8]);
});

const ownMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

test("cpuMs() reads the user and system time that the process itself reports", () => {
  for (let count = 0; ownMs() < 200; count++) process.memoryUsage.rss();
  const before = ownMs();
  const read = cpuMs(process.pid);
  // The kernel rounds user and system time down to a tick each.
  expect(read).toBeGreaterThanOrEqual(before - 2 * tickMs);
  expect(read).toBeLessThanOrEqual(ownMs());
});
