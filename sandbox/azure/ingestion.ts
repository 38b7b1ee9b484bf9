import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Certificates } from "./certificates.ts";
import type { FakeIdentity } from "./identity.ts";
import { startStandIn, type Exchange, type StandIn } from "./stand-in.ts";

const Envelope = z.object({
  name: z.string(),
  time: z.coerce.date(),
  tags: z.record(z.string(), z.string()),
  data: z.object({ baseType: z.string(), baseData: z.looseObject({}) }),
});
const properties = z.record(z.string(), z.string()).default({});
const EventData = z.object({ name: z.string(), properties });
const DependencyData = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  target: z.string().optional(),
  data: z.string().optional(),
  resultCode: z.string(),
  success: z.boolean(),
  duration: z.string(),
  properties,
});
const MetricData = z.object({
  metrics: z.tuple([
    z.object({
      name: z.string(),
      value: z.number(),
      count: z.number().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ]),
  properties,
});

interface Correlation {
  time: Date;
  operationId: string | undefined;
  parentId: string | undefined;
  roleName: string | undefined;
  roleInstance: string | undefined;
}
export type TelemetryEvent = Correlation & z.infer<typeof EventData>;
export type TelemetryDependency = Correlation & z.infer<typeof DependencyData>;
export type TelemetryMetric = Correlation &
  z.infer<typeof MetricData>["metrics"][0] & { properties: Record<string, string> };

interface TrackRequest {
  path: string;
  authorized: boolean;
  items: number;
}

export interface FakeIngestion extends StandIn<TrackRequest> {
  url: string;
  /** Every item that was accepted, as it was posted. */
  envelopes: unknown[];
  events(name?: string): TelemetryEvent[];
  dependencies(): TelemetryDependency[];
  metrics(name?: string): TelemetryMetric[];
  waitFor(arrived: () => boolean, timeoutMs?: number): Promise<void>;
}

const itemsOf = ({ headers, body }: Exchange): unknown[] => {
  const text = (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("utf8").trim();
  if (text.startsWith("[")) return z.array(z.unknown()).parse(JSON.parse(text));
  return text.split("\n").map((line): unknown => JSON.parse(line));
};

/** Application Insights' track endpoint over TLS, which wants a token as it does with local authentication off. */
export const startIngestion = async (certificates: Certificates, identity: FakeIdentity): Promise<FakeIngestion> => {
  const envelopes: unknown[] = [];
  const waiting = new Set<() => void>();

  const standIn = await startStandIn<TrackRequest>({
    certificates,
    note: (exchange) => ({
      path: exchange.url.pathname,
      authorized: identity.authorizes(exchange.headers.authorization, "https://monitor.azure.com"),
      items: itemsOf(exchange).length,
    }),
    answer: (exchange, { path, authorized }) => {
      if (exchange.method !== "POST" || !/^\/v2(\.1)?\/track$/.test(path)) return { status: 404, body: {} };
      const items = itemsOf(exchange);
      const { length } = items;
      if (!authorized) {
        const errors = [{ index: 0, statusCode: 401, message: "Authentication failed." }];
        return { status: 401, body: { itemsReceived: length, itemsAccepted: 0, errors } };
      }
      envelopes.push(...items);
      for (const look of waiting) look();
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
    events: (name) => read("EventData", EventData).filter((event) => name === undefined || event.name === name),
    dependencies: () => read("RemoteDependencyData", DependencyData),
    metrics: (name) =>
      read("MetricData", MetricData)
        .map(({ metrics: [metric], ...rest }) => ({ ...rest, ...metric }))
        .filter((metric) => name === undefined || metric.name === name),
    waitFor: (arrived, timeoutMs = 10_000) =>
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
          reject(new Error(`Not arrived in ${timeoutMs} ms; ${envelopes.length} items did.`));
        }, timeoutMs);
        waiting.add(look);
        look();
      }),
  };
};
