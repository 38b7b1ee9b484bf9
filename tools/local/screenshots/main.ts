import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page } from "playwright-core";
import { answerUsage } from "../../usage.ts";
import { findChromium, noChromium } from "./chromium.ts";
import { playADay } from "./day.ts";

answerUsage(`npm run screenshots

Builds the project, plays a day on the phone page in Chromium, and replaces the pictures of the
page in docs/images.`);

const root = join(import.meta.dirname, "../../..");
const images = join(root, "docs/images");
const executablePath = findChromium();
if (executablePath === undefined) throw new Error(`There is ${noChromium}.`);

const anyPorts = ["--port", "0", "--sandbox-port", "0", "--okta-port", "0"];
const child = spawn(process.execPath, ["tools/local/main.ts", ...anyPorts, "--azure"], {
  cwd: root,
  stdio: ["ignore", "pipe", "inherit"],
});
const closed = once(child, "close");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const url = await phoneUrl();
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
  });
  await page.goto(url);
  await page.getByText("Live", { exact: true }).waitFor();
  const newest = await playADay(page);
  await mkdir(images, { recursive: true });
  await take(page, `#hook=${newest}`, "phone");
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, `#hook=${newest - 1}`, "phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${url}#send`);
  await page.getByRole("button", { name: "Premium number" }).click();
  await page.locator(".outcome", { hasText: "premium-number" }).waitFor();
  await take(page, "#send", "phone-send");
  await page.goto(`${url}#faults`);
  await page.locator("form.fault").nth(1).getByRole("button", { name: "Switch on" }).click();
  await page.locator("form.fault.on").waitFor();
  await take(page, "#faults", "phone-faults");
  await page.getByRole("button", { name: "Switch off" }).first().click();
  await page.goto(`${url}#pumping`);
  await page.getByRole("button", { name: "Send codes", exact: true }).click();
  await page.getByText("60 codes went to the range").waitFor();
  await take(page, "#pumping", "phone-pumping");
  await take(page, "#settings", "phone-settings");
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

/** Saves a WebP, because it is half the size of a PNG. */
async function take(page: Page, hash: string, name: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href);
  if (hash === "#settings") await page.getByText("The app is healthy.").waitFor();
  await page.locator(".toast:not(.shown)").waitFor({ state: "attached" });
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send("Page.captureScreenshot", { format: "webp", quality: 90 });
  await writeFile(join(images, `${name}.webp`), data, "base64");
  console.log(`docs/images/${name}.webp`);
}
