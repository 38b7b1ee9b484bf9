import { randomUUID } from "node:crypto";
import { failure, page, type Answer, type Route } from "./answers.ts";

export interface SystemLog {
  readonly routes: readonly Route[];
  note(eventType: string, debugData: object, outcome: object): void;
  add(...events: readonly object[]): void;
}

interface Stored {
  readonly eventType: string;
  readonly published: string;
}

/**
 * Answers queries in pages. A filter can contain only `eventType sw` conditions, joined by `or`:
 * https://developer.okta.com/docs/reference/system-log-query/
 */
export function createSystemLog(pageSize: number): SystemLog {
  const events: Stored[] = [];

  function list(url: URL): Answer {
    const query = url.searchParams;
    const starts = (query.get("filter") ?? "")
      .split(" or ")
      .map((part) => /^eventType sw "([\w.]+)"$/.exec(part)?.[1]);
    if (starts.includes(undefined)) return failure("E0000001", "filter");
    const within = ({ published }: Stored) =>
      published >= (query.get("since") ?? "") && published < (query.get("until") ?? "9");
    const wanted = ({ eventType }: Stored) =>
      starts.some((start) => eventType.startsWith(start ?? ""));
    const found = events.filter((event) => within(event) && wanted(event));
    return page(found, url, Math.min(pageSize, Number(query.get("limit") ?? 100)));
  }

  return {
    routes: [
      {
        method: "GET",
        path: /^\/api\/v1\/logs$/,
        scope: "okta.logs.read",
        answer: ({ url }) => list(url),
      },
    ],
    note(eventType, debugData, outcome) {
      const published = new Date().toISOString();
      this.add({ uuid: randomUUID(), published, eventType, outcome, debugContext: { debugData } });
    },
    add(...more) {
      events.push(...(more as Stored[]));
    },
  };
}
