import { z } from "zod";

// Schemas of the telemetry SDK's items, with only the parts that tests check.
export const Envelope = z.object({
  name: z.string(),
  time: z.coerce.date(),
  tags: z.record(z.string(), z.string()),
  data: z.object({ baseType: z.string(), baseData: z.looseObject({}) }),
});
const properties = z.record(z.string(), z.string()).default({});
export const EventData = z.object({ name: z.string(), properties });
export const DependencyData = z.object({
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

export interface Correlation {
  time: Date;
  operationId: string | undefined;
  parentId: string | undefined;
  roleName: string | undefined;
  roleInstance: string | undefined;
}
export type TelemetryEvent = Correlation & z.infer<typeof EventData>;
export type TelemetryDependency = Correlation & z.infer<typeof DependencyData>;
