import * as z from "zod";
import { reasons } from "./finding.ts";

/** What a report holds of one assumption. */
export const entry = z.object({
  id: z.string(),
  verdict: z.enum(["holds", "differs", "not tried"]),
  /** Of what was not tried. */
  why: z.enum(reasons).optional(),
  seen: z.string(),
  /** When it was tried, or recorded. */
  at: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;
