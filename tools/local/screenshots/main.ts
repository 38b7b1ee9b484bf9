import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium, type Page } from "playwright-core";
import type { SendHook } from "../phone/protocol.ts";
import { answerUsage } from "../../usage.ts";
import { findChromium, noChromium } from "./chromium.ts";

answerUsage(`npm run screenshots

Builds, plays a day on the phone page in Chromium, and writes the four pictures in docs/images
again.`);

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
  await playADay(page);
  await mkdir(images, { recursive: true });
  await take(page, "#hook=6", "phone");
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "#hook=5", "phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${url}#send`);
  await page.getByRole("button", { name: "Premium number" }).click();
  await page.locator(".outcome", { hasText: "premium-number" }).waitFor();
  await take(page, "#send", "phone-send");
  await page.goto(`${url}#faults`);
  await page.locator("form.fault").nth(1).getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "Send codes", exact: true }).click();
  await page.getByText("30 codes to").waitFor();
  await page.locator(".pumping tbody").scrollIntoViewIfNeeded();
  await take(page, "#faults", "phone-faults");
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

/** Each kind of outcome once, and messages that a person would get. */
async function playADay(page: Page): Promise<void> {
  const acme = "Your Acme code is ${code}. It is good for 5 minutes.";
  const hooks: readonly (Omit<SendHook, "channel"> & {
    readonly channel?: "voice";
    readonly fault?: string;
  })[] = [
    { phoneNumber: "+4915112345678", code: "283016", locale: "de-DE", channel: "voice" },
    { phoneNumber: "+33612345678", code: "364688", locale: "fr-FR", template: null },
    { phoneNumber: "+19005550123", code: "771020" },
    { phoneNumber: "+12025550123", code: "529420", fault: "rejected" },
    { phoneNumber: "+447700900123", code: "340517", fault: "500" },
    { phoneNumber: "+12025550123", code: "635380", template: acme },
  ];
  for (const [before, { fault, channel = "sms", ...hook }] of hooks.entries()) {
    if (fault !== undefined) await post(page, "/sandbox/fault", { fault, times: 1 });
    await post(page, "/sandbox/hooks", { channel, ...hook });
    // A fault is for the one hook after it.
    await page.locator(".row [data-part=ms]:not([hidden])").nth(before).waitFor();
  }
  // The receipts of all three messages, and the codes that two people use.
  await page
    .getByText(/^(?:Delivered|Completed)$/)
    .nth(2)
    .waitFor();
  for (const message of [1, 3]) await post(page, "/sandbox/sign-in", { message });
  await page
    .getByText(/^Used /)
    .nth(1)
    .waitFor();
}

async function post(page: Page, path: string, data: object): Promise<void> {
  const answer = await page.request.post(new URL(path, page.url()).href, { data });
  if (!answer.ok())
    throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
}

/** As WebP: half of a PNG's size. */
async function take(page: Page, hash: string, name: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href);
  await page.locator(".toast:not(.shown)").waitFor({ state: "attached" });
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send("Page.captureScreenshot", { format: "webp", quality: 90 });
  await writeFile(join(images, `${name}.webp`), data, "base64");
  console.log(`docs/images/${name}.webp`);
}
