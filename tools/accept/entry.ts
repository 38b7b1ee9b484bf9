import * as z from "zod";
import { reasons } from "./finding.ts";

/** One assumption in a report. */
export const entry = z.object({
  id: z.string(),
  verdict: z.enum(["holds", "differs", "not tried"]),
  /** Only for an assumption that was not tried. */
  why: z.enum(reasons).optional(),
  seen: z.string(),
  /** When the assumption was tried, or when a person's result was recorded. */
  at: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;
