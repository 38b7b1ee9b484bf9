import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

export function withTheKeyboard(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open();
  });
  afterAll(() => page.context().close());

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.locator(":focus");
  const selected = () => page.getByRole("option", { selected: true });

  test("a hook is sent: a number, Enter", async () => {
    await page.getByRole("link", { name: "Send", exact: true }).focus();
    await press("Enter");
    await page.getByLabel("Phone number").focus();
    await press("ControlOrMeta+a");
    await page.keyboard.type("+12025550177");
    await press("Enter");
    await page.locator(".outcome", { hasText: "accepted" }).waitFor();
    await page.locator(".message", { hasText: "+12025550177" }).waitFor();
    await press("Enter");
    await page.locator(".message", { hasText: "+12025550177" }).nth(1).waitFor();
  });

  test("arrows go through the hooks, Enter goes to the one that is chosen", async () => {
    await page.goto(`${desk.url}/#traffic`);
    await page.getByRole("listbox").focus();
    await press("ArrowDown");
    await page.waitForURL(/#hook=\d+$/);
    const newest = Number(/\d+$/.exec(page.url())?.[0]);
    await press("ArrowDown");
    await page.waitForURL(`**/#hook=${newest - 1}`);
    await press("ArrowUp");
    await page.waitForURL(`**/#hook=${newest}`);
    expect(await selected().count()).toBe(1);
    await press("End");
    await page.waitForURL(/#hook=1$/);
    await press("Enter");
    expect(await focused().getAttribute("data-part")).toBe("detail-side");
  });

  test("a slash goes to the filter, and is a letter like any other in it", async () => {
    await page.goto(`${desk.url}/#settings`);
    await press("/");
    await page.waitForURL(/#traffic$/);
    expect(await focused().getAttribute("data-part")).toBe("filter");
    await page.keyboard.type("a/b");
    expect(await focused().inputValue()).toBe("a/b");
    await focused().fill("");
  });

  test("the first Tab skips the phone, however many messages are on it", async () => {
    await page.goto(`${desk.url}/#traffic`);
    await page.reload();
    await press("Tab");
    expect(await focused().textContent()).toBe("Skip the phone");
    await press("Enter", "Tab");
    expect(await focused().getAttribute("data-part")).toBe("filter");
  });

  test("Tab reaches everything", async () => {
    const reached = new Set<string>();
    await page.evaluate("document.activeElement.blur()");
    for (let step = 0; step < 40; step++) {
      await press("Tab");
      reached.add(
        await page.evaluate<string>("document.activeElement.dataset.part ?? document.activeElement.textContent"),
      );
    }
    for (const name of ["Traffic", "Send", "Faults", "Settings", "number", "bubbles", "filter", "row-list"])
      expect([...reached]).toContain(name);
  });

  test("what has the focus is outlined", async () => {
    await page.getByRole("link", { name: "Faults" }).focus();
    await press("Shift+Tab", "Tab");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });
}
