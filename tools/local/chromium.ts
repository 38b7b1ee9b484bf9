import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"];

export const noChromium =
  "no Chromium or Chrome on PATH or in CHROMIUM, as Debian's `apt-get install chromium` brings it";

/** Returns the path in CHROMIUM, or of a Chromium, Chrome or Edge on PATH. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return CHROMIUM || onPath.find((file) => existsSync(file));
}
