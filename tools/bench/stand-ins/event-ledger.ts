/** Counts of the app's events that reached the stand-in for Application Insights. */
export interface Arrived {
  /** Different hooks with an id. */
  readonly withId: number;
  /** Hooks without one, which are strangers' for the most part: one event may stand for many. */
  readonly withoutId: number;
  /** Events of which the app said itself that they will not come. */
  readonly toldAsLost: number;
}

interface Item {
  readonly data: {
    readonly baseData: { readonly name?: string; readonly properties?: Record<string, string> };
  };
}

export function createEventLedger() {
  const ids = new Set<string>();
  let withoutId = 0;
  let toldAsLost = 0;

  function enter({
    name,
    properties: { eventId, count = "1", dropped = "0", lost = "0" } = {},
  }: Item["data"]["baseData"]) {
    if (name === "telemetry-dropped") toldAsLost += Number(dropped) + Number(lost);
    if (name !== "otp-delivery") return;
    if (eventId === undefined) withoutId += Number(count);
    else ids.add(eventId);
  }

  return {
    /** A body as it was posted: an array, or an item a line. */
    enter(body: string): void {
      const items = body.startsWith("[") ? body : `[${body.trim().split("\n").join()}]`;
      for (const { data } of JSON.parse(items) as Item[]) enter(data.baseData);
    },
    total: (): Arrived => ({ withId: ids.size, withoutId, toldAsLost }),
  };
}
