import { writeFile } from "node:fs/promises";
import { chromium, type Page } from "playwright-core";
import { print } from "../terminal.ts";
import { answerUsage } from "../usage.ts";
import { findChromium, noChromium } from "./chromium.ts";

answerUsage(`npm run screenshots

Deletes the requests on the phone page of npm start, sends some codes in Chromium, and replaces the
pictures of the page in docs/images. Run npm start first.`);

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(noChromium);

const url = "http://127.0.0.1:7072/";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const viewport = { width: 1280, height: 800 };
  const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
  await page.goto(`${url}#send`);
  // Send some requests first, because the slow requests after a start must not be in the pictures.
  await send(page, "SMS", "Call in German", "SMS");
  await page.request.post(`${url}sandbox/clear`, { data: {} });
  await send(page, "Invalid number", "Provider error", "Rate limited", "Wrong secret");
  await send(page, "Impossible number", "Call in German", "SMS");
  await page
    .getByRole("button", { name: /^Sign in/ })
    .last()
    .click();
  await page.getByText(/^Used /).waitFor();
  await page.goto(`${url}#traffic`);
  await take(page, "phone");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator(".row", { hasText: "provider error" }).click();
  await take(page, "phone-dark");
} finally {
  await browser.close();
}

async function send(page: Page, ...outcomes: readonly string[]): Promise<void> {
  for (const name of outcomes) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(".outcome code:not(:empty)").waitFor();
  }
}

/** Saves a picture as WebP, which is half the size of PNG. */
async function take(page: Page, name: string): Promise<void> {
  await page.locator(".toast:empty").waitFor({ state: "attached" });
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send("Page.captureScreenshot", { format: "webp", quality: 90 });
  const file = `docs/images/${name}.webp`;
  await writeFile(file, data, "base64");
  print(file);
}
