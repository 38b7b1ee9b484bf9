import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

// Evaluated by the browser's debugger, which the page's content security policy does not bind.
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export function forEverybody(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open("#send");
    for (const preset of ["SMS", "Call in German", "Premium number", "500", "Wrong secret"]) {
      await page.getByRole("button", { name: preset, exact: true }).click();
      await page.locator(".outcome").waitFor();
    }
    await page.context().close();
  });

  async function violations(): Promise<string[]> {
    const found = await page.evaluate<{ id: string; nodes: { target: string[]; failureSummary: string }[] }[]>(
      `axe.run({ runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }

  // 320 is what WCAG 1.4.10 asks for: a screen of 1280, enlarged four times.
  const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 320, height: 640 } };
  test.each([
    ["light", "wide"],
    ["dark", "wide"],
    ["light", "narrow"],
    ["dark", "narrow"],
  ] as const)("%s and %s, axe finds no part that breaks WCAG 2.2 AA", async (colorScheme, width) => {
    page = await desk.open("", { colorScheme, viewport: widths[width] });
    await page.evaluate(axe);
    for (const hash of [
      ...(width === "narrow" ? ["#phone", "#traffic"] : []),
      "#hook=4",
      "#send",
      "#faults",
      "#settings",
    ]) {
      await page.goto(`${desk.url}/${hash}`);
      if (hash === "#settings") await page.getByText("The app is healthy.").waitFor();
      expect([hash, await violations()]).toEqual([hash, []]);
      expect([hash, await page.evaluate(tooWide)]).toEqual([hash, []]);
    }
    await page.goto(`${desk.url}/#hook=4`);
    await page.getByRole("button", { name: "Edit and send" }).click();
    expect(await violations()).toEqual([]);
    await page.context().close();
  });

  test("with letters as far apart as WCAG 1.4.12 lets anybody set them, or a font as wide, a narrow page is not wider", async () => {
    page = await desk.open("", { viewport: widths.narrow });
    for (const hash of ["#phone", "#traffic", "#hook=4", "#send", "#faults", "#settings"]) {
      await page.goto(`${desk.url}/${hash}`);
      await page.evaluate(`{
        const spaced = new CSSStyleSheet();
        spaced.replaceSync("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }");
        document.adoptedStyleSheets = [spaced];
      }`);
      expect([hash, await page.evaluate(tooWide)]).toEqual([hash, []]);
    }
    await page.context().close();
  });

  test.each([320, 360, 390, 600, 900, 1280])(
    "%i px wide, the header is a line of title and state, one of links, and one more for a fault",
    async (width) => {
      page = await desk.open("#traffic", { viewport: { width, height: 700 } });
      const box = async (selector: string) => {
        const found = await page.locator(selector).boundingBox();
        if (found === null) throw new Error(`There is no ${selector}.`);
        return { top: found.y, bottom: found.y + found.height, ...found };
      };
      const measured = async () => {
        const [title, live, links, bar] = [await box("h1"), await box(".live"), await box("nav"), await box(".bar")];
        const middle = (live.top + live.bottom) / 2;
        expect([middle > title.top, middle < title.bottom]).toEqual([true, true]);
        return { title: title.height, links: links.height, bar: bar.height };
      };
      const { title, links, bar } = await measured();
      expect(title).toBeLessThan(36);
      // A font may be so wide that the narrowest screen takes two rows of links.
      expect(links).toBeLessThan(width < 360 ? 72 : 40);
      expect(bar).toBeLessThan(width < 900 ? links + 64 : 60);
      const fault = (name: string) => page.request.post(`${desk.url}/sandbox/fault`, { data: { fault: name } });
      await fault("sender-undelivered");
      await page.locator(".banner").waitFor();
      const withFault = await measured();
      await fault("none");
      expect(withFault.title).toBe(title);
      expect(withFault.bar).toBeLessThan(bar + (width < 1240 ? 56 : 8));
      await page.locator(".banner").waitFor({ state: "hidden" });
      await page.context().close();
    },
  );

  test("on a narrow screen one part is there at a time, and a hook has a way back", async () => {
    page = await desk.open("#phone", { viewport: widths.narrow });
    await page.locator(".message").first().waitFor();
    await page.getByRole("link", { name: "Traffic" }).click();
    await page.locator(".message").first().waitFor({ state: "hidden" });
    await page.getByText("Choose a hook.").waitFor({ state: "hidden" });
    await page.getByRole("option").first().click();
    await page.getByRole("option").first().waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "All hooks" }).click();
    await page.getByRole("option").first().waitFor();
    await page.context().close();
  });
}

/** What sticks out, where the document can be scrolled sideways. */
const tooWide = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth;
  return scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(sticksOut).map((element) => element.outerHTML.slice(0, 99)) : [];
})()`;
