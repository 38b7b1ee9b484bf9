import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { findChromium, noChromium } from "../../../../tools/local/chromium.ts";
import { startDesk, type Desk as AppDesk } from "../phone/desk.ts";

const executablePath = findChromium();
const required = process.env["BROWSER_REQUIRED"] === "1";
if (executablePath === undefined && !required)
  process.stderr.write(`The tests of the phone page are skipped. ${noChromium}\n`);

/** Skips the tests if Chromium is neither installed nor required. */
export const describeInBrowser =
  executablePath === undefined && !required ? describe.skip : describe;

export interface Desk extends AppDesk {
  readonly secret: string;
  /** Opens the phone page in a new browser context, and waits until the page is connected. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Runs `npm start -- --azure`. With `--azure`, the page also has faults for Azure's services. */
export async function setUpDesk(): Promise<Desk> {
  const secret = "a secret of this test";
  const desk = await startDesk(["--azure"], { OKTA_HOOK_SECRET: secret });
  // Builds in containers run as root, for which Chromium's sandbox does not start. Without the
  // sandbox, Chromium must open only pages of this machine, as these tests do.
  const args = ["--no-sandbox"];
  const browser = await chromium
    .launch({ executablePath: executablePath ?? "chromium", args })
    .catch(async (error: unknown) => {
      await desk.stop();
      throw error;
    });
  return {
    ...desk,
    secret,
    async open(hash = "", options = {}) {
      const viewport = { width: 1440, height: 900 };
      const context = await browser.newContext({ viewport, reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(180_000);
      await page.goto(`${desk.url}/${hash}`);
      await page.getByText("Live", { exact: true }).waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      await desk.stop();
    },
  };
}
