import { join } from "node:path";

/**
 * The top folder of the clone or of the installed package. Every compiled tool is in the package's
 * folder tools/, as this file is in the clone.
 */
export const product = join(import.meta.dirname, "..");
