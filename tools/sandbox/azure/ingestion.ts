import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Certificates } from "./certificates.ts";
import {
  DependencyData,
  Envelope,
  EventData,
  type Correlation,
  type TelemetryDependency,
  type TelemetryEvent,
} from "./envelopes.ts";
import { remember } from "../remembering.ts";
import type { FakeIdentity } from "./identity.ts";
import { startStandIn, type Exchange, type StandIn } from "./stand-in.ts";

interface TrackRequest {
  path: string;
  authorized: boolean;
  items: number;
}

export interface FakeIngestion extends StandIn<TrackRequest> {
  url: string;
  /** The newest 10,000 accepted items. */
  envelopes: unknown[];
  events(name?: string): TelemetryEvent[];
  dependencies(): TelemetryDependency[];
  waitFor(arrived: () => boolean, timeoutMs?: number): Promise<void>;
}

const itemsOf = ({ headers, body }: Exchange): unknown[] => {
  const text = (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body)
    .toString("utf8")
    .trim();
  if (text.startsWith("[")) return z.array(z.unknown()).parse(JSON.parse(text));
  return text.split("\n").map((line): unknown => JSON.parse(line));
};

/** The endpoint requires a token, like a resource whose local authentication is off. */
export const startIngestion = async (
  certificates: Certificates,
  identity: FakeIdentity,
): Promise<FakeIngestion> => {
  const envelopes: unknown[] = [];
  const waiting = new Set<() => void>();

  const take = (items: unknown[]): void => {
    for (const item of items) remember(envelopes, item);
    for (const look of waiting) look();
  };
  const standIn = await startStandIn<TrackRequest>({
    certificates,
    note: (exchange) => ({
      path: exchange.url.pathname,
      authorized: identity.authorizes(exchange.headers.authorization, "https://monitor.azure.com"),
      items: itemsOf(exchange).length,
    }),
    answer: (exchange, { path, authorized }) => {
      if (exchange.method !== "POST" || !/^\/v2(\.1)?\/track$/.test(path))
        return { status: 404, body: {} };
      const items = itemsOf(exchange);
      const { length } = items;
      if (!authorized) {
        const errors = [{ index: 0, statusCode: 401, message: "Authentication failed." }];
        return { status: 401, body: { itemsReceived: length, itemsAccepted: 0, errors } };
      }
      take(items);
      return { status: 200, body: { itemsReceived: length, itemsAccepted: length, errors: [] } };
    },
    error: { status: 500, body: { itemsReceived: 0, itemsAccepted: 0, errors: [] } },
    denied: { status: 403, body: { itemsReceived: 0, itemsAccepted: 0, errors: [] } },
  });

  const read = <T extends object>(baseType: string, schema: z.ZodType<T>): (Correlation & T)[] =>
    envelopes
      .map((envelope) => Envelope.parse(envelope))
      .filter(({ data }) => data.baseType === baseType)
      .map(({ time, tags, data }) => ({
        time,
        operationId: tags["ai.operation.id"],
        parentId: tags["ai.operation.parentId"],
        roleName: tags["ai.cloud.role"],
        roleInstance: tags["ai.cloud.roleInstance"],
        ...schema.parse(data.baseData),
      }));

  return {
    ...standIn,
    url: "https://westeurope-5.in.applicationinsights.azure.com",
    envelopes,
    events: (name) =>
      read("EventData", EventData).filter((event) => name === undefined || event.name === name),
    dependencies: () => read("RemoteDependencyData", DependencyData),
    waitFor: (arrived, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const look = (): void => {
          if (!arrived()) return;
          settle();
          resolve();
        };
        const timer = setTimeout(() => {
          settle();
          reject(
            new Error(
              `The expected items did not arrive in ${timeoutMs} ms. ${envelopes.length} items arrived.`,
            ),
          );
        }, timeoutMs);
        waiting.add(look);
        look();
      }),
  };
};
