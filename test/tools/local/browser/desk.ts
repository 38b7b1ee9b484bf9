import { chromium, type BrowserContextOptions, type Page } from "playwright-core";
import { findChromium, noChromium } from "../../../../tools/local/chromium.ts";
import { npmStart } from "../starting.ts";

const executablePath = findChromium();
const required = process.env["BROWSER_REQUIRED"] === "1";
if (executablePath === undefined && !required)
  process.stderr.write(`The tests of the phone page are skipped. ${noChromium}\n`);

/** Skips the tests if Chromium is neither installed nor required. */
export const describeInBrowser =
  executablePath === undefined && !required ? describe.skip : describe;

export interface Desk {
  readonly url: string;
  readonly hookUrl: string;
  readonly secret: string;
  /** Opens the phone page in a new browser context, and waits until the page is connected. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Stops npm start, and leaves the browser open. */
  stopApp(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs `npm start -- --azure`. With `--azure`, the page also has faults for Azure's services. */
export async function setUpDesk(): Promise<Desk> {
  const secret = "a secret of this test";
  const started = npmStart(["--azure"], { OKTA_HOOK_SECRET: secret });
  try {
    const url = new URL(await started.printed(/^Phone page: +(\S+)$/m)).origin;
    const hookUrl = await started.printed(/^Okta's hook: +(\S+)$/m);
    // Builds in containers run as root, for which Chromium's sandbox does not start. Without the
    // sandbox, Chromium must open only pages of this machine, as these tests do.
    const args = ["--no-sandbox"];
    const browser = await chromium.launch({ executablePath: executablePath ?? "chromium", args });
    return {
      url,
      hookUrl,
      secret,
      async open(hash = "", options = {}) {
        const viewport = { width: 1440, height: 900 };
        const context = await browser.newContext({ viewport, reducedMotion: "reduce", ...options });
        const page = await context.newPage();
        page.setDefaultTimeout(180_000);
        await page.goto(`${url}/${hash}`);
        await page.getByText("Live", { exact: true }).waitFor();
        return page;
      },
      stopApp: () => started.stop(),
      async stop() {
        await browser.close();
        await started.stop();
      },
    };
  } catch (error) {
    await started.stop();
    throw error;
  }
}
