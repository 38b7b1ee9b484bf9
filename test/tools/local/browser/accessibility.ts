import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

// Playwright runs axe through the debugger, which a Content Security Policy does not block.
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Earlier tests must have sent requests and messages, because these tests look at them. */
export function testAccessibility(getDesk: () => Desk): void {
  let page: Page;
  afterEach(() => page.context().close());

  async function violations(): Promise<string[]> {
    const found = await page.evaluate<
      { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
    >(`axe.run({ runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`);
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }

  // WCAG 1.4.10: a page must work at 320 px, the width of a 1280 px window at a zoom of 400 %.
  test.each([
    ["light", 1440, ["#traffic", "#send", "#faults", "#settings"]],
    ["dark", 320, ["#phone", "#traffic", "#send", "#faults", "#settings"]],
  ] as const)(
    "axe finds no violation of WCAG 2.2 AA in %s mode at %i px",
    async (colorScheme, width, hashes) => {
      const desk = getDesk();
      page = await desk.open("", { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate(axe);
      for (const hash of hashes) {
        await page.goto(`${desk.url}/${hash}`);
        await page.locator(".desk").waitFor();
        expect([hash, await violations()]).toEqual([hash, []]);
        expect([hash, await page.evaluate(tooWide)]).toEqual([hash, []]);
      }
      await page.goto(`${desk.url}/#traffic`);
      await page.locator(".row").first().click();
      await page.getByText("Edit and send").click();
      expect(await violations()).toEqual([]);
      expect(await page.evaluate(tooWide)).toEqual([]);
    },
  );

  test("on a narrow screen, the page shows one view at a time and all links in one row", async () => {
    page = await getDesk().open("#phone", { viewport: { width: 390, height: 640 } });
    await page.locator(".message").first().waitFor();
    const tops = await page.evaluate<number[]>(
      "[...document.querySelectorAll('nav a')].map((link) => link.getBoundingClientRect().top)",
    );
    expect([tops.length, new Set(tops).size]).toEqual([5, 1]);
    await page.getByRole("link", { name: "Traffic" }).click();
    await page.locator(".message").first().waitFor({ state: "hidden" });
    await page.locator(".row").first().click();
    await page.locator(".row").first().waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "All requests" }).click();
    await page.locator(".row").first().waitFor();
  });
}

const tooWide = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth;
  return scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(sticksOut).map((element) => element.outerHTML.slice(0, 99)) : [];
})()`;
