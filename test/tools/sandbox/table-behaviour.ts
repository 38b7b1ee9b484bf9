import type { FakeAzure } from "../../../tools/sandbox/azure.ts";
import { run } from "./run-probe.ts";

/** Tests the behaviour that the app needs from a service with an empty table. */
export function testTables(azure: () => FakeAzure, url: () => string): void {
  it("writes, lists and marks rows, and deletes old ones over several pages", async () => {
    const sentAt = "2026-11-25T09:00:00.123Z";
    const sentTo = {
      callingCode: "49",
      range: "+491512345",
      sentAt,
      phoneKey: "a hash",
      countedAt: sentAt,
    };
    const person = {
      oktaUserId: "00uyxxSknGtK8022w0g3",
      channel: "sms",
      etag: expect.stringMatching(/^W\//) as string,
    };
    const enrollment = { ...person, ...sentTo, kind: "enrollment", eventId: "e'1", country: "DE" };
    const signIn = { ...person, ...sentTo, kind: "sign-in" };
    expect(await useCodes(azure(), url())).toEqual([
      [],
      "nothing",
      "nothing",
      [enrollment, { ...signIn, eventId: "e'1", country: "DE" }],
      "nothing",
      false,
      [enrollment, { ...signIn, eventId: "e2" }],
      true,
      false,
      [
        enrollment,
        { ...person, kind: "sign-in", sentAt, usedAt: "2026-11-25T09:00:01.123Z", usedBy: "two" },
      ],
      "nothing",
      [0, 0, 0, 1, 1],
    ]);
    expect(azure().proxy.refused).toEqual([]);
  });
}

/** Runs probes/use-table.ts, and returns the result of each of its steps. */
export async function useCodes(azure: FakeAzure, url: string): Promise<unknown[]> {
  return JSON.parse(await run(azure, "use-table.ts", url)) as unknown[];
}

/** Step result if the table is missing. A missing row is no failure. */
export const noTable = { failed: expect.anything() as unknown, status: 404 };
