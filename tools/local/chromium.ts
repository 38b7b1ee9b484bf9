import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"];

export const noChromium =
  "There is no Chromium, Chrome or Edge on PATH, and CHROMIUM is not set. On Debian, run: apt-get install chromium";

export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return CHROMIUM || onPath.find((file) => existsSync(file));
}
