import * as z from "zod";
import type { Bicep, Place } from "../check-environment/bicep.ts";
import { Refusal, snapshotOptions } from "../check-environment/bicep.ts";
import { wordsOf } from "../check-environment/compiled.ts";

const resource = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  location: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
});
export type Planned = z.infer<typeof resource>;

const snapshot = z.object({ predictedResources: z.array(resource) });

/**
 * Returns the resources that main.bicepparam describes. The place must be the real one, because
 * names contain a hash of the resource group's id. Throws if the template refuses the values.
 *
 * @param file an absolute path.
 */
export async function planOf(call: Bicep["call"], file: string, place: Place) {
  const request = { path: file, ...snapshotOptions(place) };
  const reply = await call("bicep/getSnapshot", request).catch((error: unknown) => {
    if (error instanceof Refusal) throw new Error(wordsOf(error), { cause: error });
    throw error;
  });
  const { snapshot: text } = z.object({ snapshot: z.string() }).parse(reply);
  return snapshot.parse(JSON.parse(text)).predictedResources;
}

export const ofType = (plan: readonly Planned[], type: string): readonly Planned[] =>
  plan.filter((one) => one.type.toLowerCase() === type.toLowerCase());
