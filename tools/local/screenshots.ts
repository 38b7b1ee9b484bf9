import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { chromium, type Page } from "playwright-core";
import { answerUsage } from "../usage.ts";
import { findChromium, noChromium } from "./chromium.ts";

answerUsage(`npm run screenshots

Builds the project, sends some codes on the phone page in Chromium, and replaces the pictures of the
page in docs/images.`);

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(`There is ${noChromium}.`);

const ports = ["--port", "0", "--sandbox-port", "0", "--okta-port", "0"];
const child = spawn(process.execPath, ["tools/local/main.ts", ...ports], {
  stdio: ["ignore", "pipe", "inherit"],
});
const closed = once(child, "close");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const viewport = { width: 1280, height: 800 };
  const page = await browser.newPage({ viewport, reducedMotion: "reduce" });
  const url = await phoneUrl();
  await page.goto(`${url}#send`);
  // The first requests after a start are slow, and would make the pictures look so.
  for (const outcome of ["SMS", "Call in German", "SMS"]) await tryOutcome(page, outcome);
  await page.request.post(new URL("/sandbox/clear", url).href, { data: {} });
  const outcomes = [
    "Invalid number",
    "Provider error",
    "Rate limited",
    "Wrong secret",
    "Impossible number",
  ];
  for (const outcome of [...outcomes, "Call in German", "SMS"]) await tryOutcome(page, outcome);
  await page
    .getByRole("button", { name: /^Sign in with the code/ })
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
  child.kill();
  await closed;
}

async function phoneUrl(): Promise<string> {
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^Phone page: +(\S+)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error("npm start has ended.");
}

async function tryOutcome(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator(".outcome code:not(:empty)").waitFor();
}

/** Saves a WebP, because it is half the size of a PNG. */
async function take(page: Page, name: string): Promise<void> {
  await page.locator(".toast:empty").waitFor({ state: "attached" });
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send("Page.captureScreenshot", { format: "webp", quality: 90 });
  const file = `docs/images/${name}.webp`;
  await writeFile(file, data, "base64");
  console.log(file);
}
