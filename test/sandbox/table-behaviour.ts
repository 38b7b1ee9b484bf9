import type { FakeAzure } from "../../sandbox/azure.ts";
import { run } from "./run-probe.ts";

/** What the real SDK meets at any table service that has the two tables, empty. */
export function testTables(azure: () => FakeAzure, url: () => string): void {
  it("keeps, gives and removes a row, and lists page after page", async () => {
    const sentTo = { callingCode: "49", range: "+491512345", sentAt: "2026-11-25T09:00:00.123Z" };
    const row = { oktaUserId: "00uyxxSknGtK8022w0g3", channel: "sms", ...sentTo };
    const etag = expect.stringMatching(/^W\//) as string;
    expect(await useCodes(azure(), url())).toEqual([
      "nothing",
      "nothing",
      { ...row, eventId: "e'1", country: "DE", etag },
      "nothing",
      true,
      { ...row, eventId: "e2", etag },
      true,
      false,
      "nothing",
      "nothing",
      [null, null, null, "00u4", "00u5"],
    ]);
    expect(azure().proxy.refused).toEqual([]);
  });

  it("keeps the guard's counts: they are read by the hour, and what is old is removed a hundred rows at a time", async () => {
    const printed = await run(azure(), "use-guard-table.ts", url());
    expect(JSON.parse(printed)).toEqual({
      read: [
        [
          { partition: "2026-11-24T09", row: "a-0", counts: '{"cGB":[0,1]}' },
          { partition: "2026-11-24T09", row: "b-0", counts: "{}" },
        ],
        103,
      ],
      left: [0, 0, 2, [{ partition: "verified", row: "2026-11-10-a", counts: "{}" }]],
    });
  });
}

/** What our table of codes makes of the service, step by step. */
export async function useCodes(azure: FakeAzure, url: string): Promise<unknown[]> {
  return JSON.parse(await run(azure, "use-table.ts", url)) as unknown[];
}

/** A table that is not there is a failure, not a row that is not there. */
export const noTable = { failed: expect.anything() as unknown, status: 404 };
