import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

// Playwright runs axe in the debugger, which ignores the page's Content Security Policy.
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function testAccessibility(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open("#send");
    for (const preset of ["SMS", "Call in German", "Premium number", "500", "Wrong secret"]) {
      await page.getByRole("button", { name: preset, exact: true }).click();
      await page.locator(".outcome code:not(:empty)").waitFor();
    }
    await page.context().close();
  });
  afterEach(() => page.context().close());

  async function violations(): Promise<string[]> {
    const found = await page.evaluate<
      { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
    >(`axe.run({ runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`);
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }

  // WCAG 1.4.10: a page must work at a width of 320 px, such as 1280 px with a zoom of 400 %.
  test.each([
    ["light", 1440, ["#hook=4", "#send", "#faults", "#pumping", "#settings"]],
    ["dark", 320, ["#phone", "#traffic", "#hook=4", "#send", "#faults", "#pumping", "#settings"]],
  ] as const)(
    "axe finds no violation of WCAG 2.2 AA in %s mode at %i px",
    async (colorScheme, width, hashes) => {
      page = await desk.open("", { colorScheme, viewport: { width, height: 800 } });
      await page.evaluate(axe);
      for (const hash of hashes) {
        await page.goto(`${desk.url}/${hash}`);
        if (hash === "#settings") await page.getByText("The app is healthy.").waitFor();
        expect([hash, await violations()]).toEqual([hash, []]);
        expect([hash, await page.evaluate(tooWide)]).toEqual([hash, []]);
      }
      await page.goto(`${desk.url}/#hook=4`);
      await page.getByRole("button", { name: "Edit and send" }).click();
      expect(await violations()).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Keys" }).click();
      expect(await violations()).toEqual([]);
      const { width: ofWords = 0 } = (await page.locator("dialog dd").first().boundingBox()) ?? {};
      expect(ofWords).toBeGreaterThan(110);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Copy ▾" }).click();
      expect(await violations()).toEqual([]);
    },
  );

  test("at 1280 px the phone takes at most a quarter of the width, and a request's buttons share a line", async () => {
    page = await desk.open("#hook=1", { viewport: { width: 1280, height: 800 } });
    const { width = 0 } = (await page.locator(".phone").boundingBox()) ?? {};
    expect(width).toBeGreaterThan(0);
    expect(width).toBeLessThanOrEqual(320);
    const middles = await page.evaluate<number[]>(
      "[...document.querySelectorAll('.hook .acts > :not([hidden])')].map((button) => button.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 2))",
    );
    expect(new Set(middles).size).toBe(1);
    const copy = await page.getByRole("button", { name: "Copy ▾" }).boundingBox();
    const link = await page.getByRole("link", { name: "On the phone" }).boundingBox();
    expect((link?.x ?? Infinity) - (copy?.x ?? 0) - (copy?.width ?? 0)).toBeLessThan(20);
  });

  test("a narrow screen shows one part at a time, and a link or Escape leaves a request", async () => {
    page = await desk.open("#phone", { viewport: { width: 320, height: 640 } });
    await page.locator(".message").first().waitFor();
    await page.getByRole("link", { name: "Traffic" }).click();
    await page.locator(".message").first().waitFor({ state: "hidden" });
    await page.getByRole("option").first().click();
    await page.getByRole("option").first().waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "All requests" }).click();
    await page.getByRole("option").first().click();
    await page.getByRole("option").first().waitFor({ state: "hidden" });
    await page.keyboard.press("Escape");
    await page.getByRole("option").first().waitFor();
  });

  test("the ? key opens the list of keys, except in a text field", async () => {
    page = await desk.open("#traffic");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await page.keyboard.press("?");
    await keys.getByText("Filter the requests").waitFor();
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "hidden" });
    const filter = page.getByRole("searchbox", { name: "Filter" });
    await filter.focus();
    await page.keyboard.press("?");
    expect([await filter.inputValue(), await keys.isVisible()]).toEqual(["?", false]);
  });

  test("the keyboard reaches the filter and every request, and the focus is visible", async () => {
    page = await desk.open();
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () => page.locator(":focus");
    await press("Tab");
    expect(await focused().textContent()).toBe("Skip the phone");
    await press("Enter", "Tab");
    expect(await focused().getAttribute("data-part")).toBe("filter");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
      "solid",
    );
    await page.keyboard.type("a/b");
    expect(await focused().inputValue()).toBe("a/b");
    await focused().fill("");

    await press("Tab", "Tab", "Tab");
    expect(await focused().getAttribute("role")).toBe("listbox");
    // The list has the focus ring until a row is chosen.
    expect(
      await page.evaluate("getComputedStyle(document.querySelector('.rows')).outlineStyle"),
    ).toBe("solid");
    await press("Home");
    await page.waitForURL(/#hook=\d+$/);
    const newest = Number(/\d+$/.exec(page.url())?.[0]);
    await press("ArrowDown");
    await page.waitForURL(`**/#hook=${newest - 1}`);
    await press("ArrowUp");
    await page.waitForURL(`**/#hook=${newest}`);
    expect(await page.getByRole("option", { selected: true }).count()).toBe(1);
    await press("End");
    await page.waitForURL(/#hook=1$/);
    await press("Enter");
    expect(await focused().getAttribute("data-part")).toBe("detail-side");
    await press("/");
    expect(await focused().getAttribute("data-part")).toBe("filter");
  });
}

/** Returns the elements that make the document scroll sideways. */
const tooWide = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth;
  return scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(sticksOut).map((element) => element.outerHTML.slice(0, 99)) : [];
})()`;
