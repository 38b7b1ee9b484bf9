import { createGuardSettings } from "../../src/settings/config.ts";
import { environment } from "../../src/settings/environment.ts";

/** Those of a company that sets none of the guard's. */
export const defaultSettings = createGuardSettings(environment.parse({}));
