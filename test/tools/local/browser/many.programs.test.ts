import { join } from "node:path";
import type { Page } from "playwright-core";
import { startCrowd, type Crowd } from "../../../../tools/local/screenshots/crowd.ts";
import { describeInBrowser, openBrowser, type OpenBrowser } from "./desk.ts";

const root = join(__dirname, "../../../..");

describeInBrowser("the phone page with 5,000 messages", () => {
  let crowd: Crowd;
  let browser: OpenBrowser;
  let page: Page;
  beforeAll(async () => {
    crowd = await startCrowd(root, 5_000);
    browser = await openBrowser(crowd.url);
    page = await browser.open();
  });
  afterAll(async () => {
    await browser.close();
    await crowd.close();
  });

  const nodes = () => page.evaluate<number>("document.querySelectorAll('*').length");

  test("has fewer than 3,500 elements at every scroll position", async () => {
    await page.getByText("5,000 requests", { exact: true }).waitFor();
    for (const place of [0, 0.37, 0.81, 1])
      for (const name of ["rows", "bubbles"]) {
        const scroller = `document.querySelector("[data-part=${name}]")`;
        await page.evaluate(`${scroller}.scrollTop = ${place} * ${scroller}.scrollHeight`);
        await page.evaluate(twoFrames);
        expect(await nodes()).toBeLessThan(3_500);
        expect(await page.evaluate(seenItems(name))).toBeGreaterThan(2);
      }
  });

  test("shows requests and messages in pages of 100, with a button back to the newest", async () => {
    const rows = "document.querySelectorAll('.row')";
    const ends = () => page.evaluate<string[]>(`[${rows}[0].id, [...${rows}].at(-1).id]`);
    expect(await ends()).toEqual(["row-5000", "row-4901"]);
    await page.getByRole("button", { name: "Older requests" }).click();
    expect(await ends()).toEqual(["row-4900", "row-4801"]);
    await page.getByRole("button", { name: "Newest ↑" }).click();
    expect(await ends()).toEqual(["row-5000", "row-4901"]);
    await page.getByRole("button", { name: "Older messages" }).click();
    await page.locator("#message-4900").waitFor();
    expect(await page.locator("#message-4901").count()).toBe(0);
    await page.getByRole("button", { name: "Newest ↓" }).click();
    await page.locator("#message-5000").waitFor();
  });

  test("keeps the times of the rows in sight when the window becomes narrower", async () => {
    const rows = "document.querySelector('[data-part=rows]')";
    for (const width of [1440, 1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(twoFrames);
      expect(await page.evaluate(`${rows}.scrollWidth - ${rows}.clientWidth`)).toBe(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("draws one screen of filtered rows first, and the rest later", async () => {
    const found = await page.evaluate<number>(`(() => {
      const filter = document.querySelector("[data-part=filter]");
      filter.value = "0042";
      filter.dispatchEvent(new Event("input"));
      return document.querySelectorAll(".row").length;
    })()`);
    expect(found).toBe(20);
    await page.locator(".row").nth(99).waitFor({ state: "attached" });
    await page.getByRole("searchbox", { name: "Filter" }).fill("");
  });

  test("finds a number with the filter, and scrolls to a linked message or request", async () => {
    const filter = page.getByRole("searchbox", { name: "Filter" });
    await filter.fill("+12024000000");
    await page.getByText("1 of 5,000").waitFor();
    await page.getByRole("option").first().click();
    await page.getByRole("link", { name: "On the phone" }).click();
    await page.locator(".message.chosen", { hasText: "+12024000000" }).waitFor();
    await page.evaluate(twoFrames);
    expect(await page.evaluate(seenItems("bubbles", ".chosen"))).toBe(1);
    await page.goto(`${crowd.url}/#hook=4950`);
    await filter.fill("");
    await page.goto(`${crowd.url}/#hook=4930`);
    await page.evaluate(twoFrames);
    expect(await page.evaluate(seenItems("rows", "[aria-selected=true]"))).toBe(1);
  });

  test("starts the list with the newest request when a link opens one of the newest hundred", async () => {
    const linked = await browser.open("#hook=4930");
    await linked.locator("#row-4930[aria-selected=true]").waitFor();
    expect(await linked.locator(".row").first().getAttribute("id")).toBe("row-5000");
    await linked.context().close();
  });

  test("turns gray when the sandbox stops, and shows the new list when it starts again", async () => {
    await crowd.close();
    await page.getByText("npm start has stopped.").waitFor();
    await page
      .getByText(/^Run npm start again .* Until then, it shows the state before \d\d:\d\d:\d\d\.$/)
      .waitFor();
    await page.getByText("Stopped", { exact: true }).waitFor();
    const { width } = (await page.locator(".notice").boundingBox()) ?? {};
    expect(width).toBe(page.viewportSize()?.width);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate(isCut("h1"))).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await page.getByRole("option").count()).toBe(100);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.desk')).filter")).toBe(
      "grayscale(1)",
    );
    crowd = await startCrowd(root, 3, Number(new URL(crowd.url).port));
    await page.locator("[data-part=count]").getByText("3 requests", { exact: true }).waitFor();
    expect(await page.getByRole("option").count()).toBe(3);
    expect(await page.locator(".message").count()).toBe(3);
    await page.getByText("The list is new. The earlier requests are deleted.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator(".notice").waitFor({ state: "hidden" });
  });
});

/** Waits until the browser has drawn the rows after a scroll. */
const twoFrames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

/** Whether the element is too narrow for its text. */
const isCut = (selector: string): string =>
  `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector("${selector}"))`;

/** Counts the items of a list that are inside its visible part. */
function seenItems(name: string, which = ".message, .row"): string {
  return `(() => {
    const box = document.querySelector("[data-part=${name}]");
    const { top, bottom } = box.getBoundingClientRect();
    const items = [...box.querySelectorAll("${which}")].map((item) => item.getBoundingClientRect());
    return items.filter((item) => item.bottom > top && item.top < bottom).length;
  })()`;
}
