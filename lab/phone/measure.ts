import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { answerUsage } from "../../scripts/usage.ts";
import { findChromium, noChromium } from "./chromium.ts";
import { startCrowd } from "./crowd.ts";

answerUsage(`npm run phone:measure

How the phone page holds up with 5,000 messages: how long scrolling and filtering take in Chromium, and how large the document gets.`);

const count = 5_000;
const executablePath = findChromium();
if (executablePath === undefined) throw new Error(`There is ${noChromium}.`);

const crowd = await startCrowd(join(import.meta.dirname, "../.."), count);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const opened = performance.now();
  await page.goto(crowd.url);
  await page.getByText(String(count), { exact: true }).waitFor();
  print("opened, and all of them received", performance.now() - opened);
  for (const [name, part] of [
    ["scroll the traffic by a screen", "rows"],
    ["scroll the phone by a screen", "bubbles"],
  ] as const) {
    const times = await page.evaluate<number[]>(scrolling(part));
    print(name, median(times), Math.max(...times));
  }
  for (const word of ["2", "call", "+12024004999"]) {
    const times = await page.evaluate<number[]>(filtering(word));
    print(`filter by ${word}`, median(times), Math.max(...times));
  }
  console.log(`${await nodesOf(page)} elements in the document, for ${count} hooks and ${count} messages`);
} finally {
  await browser.close();
  await crowd.close();
}

/** 60 times: from the change to the end of the drawing that it makes, layout included. */
function timed(act: string): string {
  return `(async () => {
    const times = [];
    for (let round = 0; round < 60; round++) {
      const start = performance.now();
      ${act}
      document.body.offsetHeight;
      times.push(performance.now() - start);
      await new Promise((done) => requestAnimationFrame(done));
    }
    return times;
  })()`;
}

function scrolling(part: string): string {
  return timed(`
    const box = document.querySelector("[data-part=${part}]");
    box.scrollTop = (round / 60) * box.scrollHeight;
    box.dispatchEvent(new Event("scroll"));`);
}

function filtering(word: string): string {
  return timed(`
    const filter = document.querySelector("[data-part=filter]");
    filter.value = round % 2 ? "" : ${JSON.stringify(word)};
    filter.dispatchEvent(new Event("input"));`);
}

function nodesOf(page: Page): Promise<number> {
  return page.evaluate<number>("document.querySelectorAll('*').length");
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

function print(name: string, ms: number, worst?: number): void {
  console.log(
    `${name.padEnd(34)} ${ms.toFixed(1).padStart(7)} ms${worst === undefined ? "" : `, at most ${worst.toFixed(1)} ms`}`,
  );
}
