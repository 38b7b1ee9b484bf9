import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

export function faults(getDesk: () => Desk): void {
  let page: Page;
  beforeAll(async () => {
    page = await getDesk().open("#faults");
  });
  afterAll(() => page.context().close());

  const card = (of: string) =>
    page.locator("form.fault", { has: page.getByRole("heading", { name: of, exact: true }) });
  const banner = () => page.locator(".banner");
  const switchOn = async (of: string, fault: string) => {
    await card(of).getByLabel("Fault").selectOption(fault);
    await card(of).getByRole("button", { name: "Switch on" }).click();
  };

  test.each([
    ["8x8", "sender-changed"],
    ["Key Vault", "denied"],
    ["Managed identity", "hang"],
    ["Table of codes", "error"],
    ["Application Insights", "slow"],
  ])(
    "the banner shows %s with its fault %s until a user switches the fault off",
    async (of, fault) => {
      await switchOn(of, fault);
      await banner().getByText(`${of}: ${fault}, until switched off`).waitFor();
      await banner().getByRole("button", { name: "Switch off" }).click();
      await banner().waitFor({ state: "hidden" });
      await card(of).getByRole("button", { name: "Switch on" }).waitFor();
    },
  );

  test("the banner's button is beside its words, and the bar keeps its height", async () => {
    const box = async (selector: string) =>
      (await page.locator(selector).boundingBox()) ?? { x: 0, width: 0, height: 0 };
    const { height } = await box(".bar");
    await switchOn("Key Vault", "down");
    await banner().waitFor();
    expect((await box(".bar")).height).toBe(height);
    const [words, button] = [await box(".banner span"), await box(".banner button")];
    expect(button.x - words.x - words.width).toBeLessThan(20);
    await banner().getByRole("button", { name: "Switch off" }).click();
    await banner().waitFor({ state: "hidden" });
  });

  test("a fault with `Times` 2 ends after two requests", async () => {
    await card("8x8").getByLabel("Times").fill("2");
    await switchOn("8x8", "500");
    await banner().getByText("8x8: 500, 2 more").waitFor();
    await page.getByRole("link", { name: "Send", exact: true }).click();
    for (const outcome of ["unavailable", "unavailable", "accepted"]) {
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator(".outcome code", { hasText: outcome }).waitFor();
    }
    await banner().waitFor({ state: "hidden" });
  });

  test("the SMS pumping page shows who got codes and how many the guard would refuse", async () => {
    await page.getByRole("link", { name: "SMS pumping" }).click();
    await page.getByRole("button", { name: "Send codes", exact: true }).waitFor();
    expect(await page.locator(".legend").isVisible()).toBe(false);
    await page.getByText("No codes yet").waitFor();
    await page.getByRole("button", { name: "Send codes", exact: true }).click();
    const lane = (title: string, people: number | string, attacker: number | string) =>
      page.getByRole("img", {
        name: new RegExp(
          `^${title}: ${people} codes? of people, ${attacker} codes of the attacker$`,
        ),
      });
    await lane("Asked for", 12, 60).waitFor();
    await lane("Sent", "\\d+", "\\d+").waitFor();
    const refused = lane("Would be refused", 0, "[1-9]\\d*");
    await refused.waitFor();
    expect(await refused.locator("rect.people").count()).toBe(0);
    const colours = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.chart rect')].map((bar) => getComputedStyle(bar).fill)",
    );
    expect(new Set(colours).size).toBe(2);
    await page
      .getByText("SMS accepted by 8x8. Enforce mode refuses the code: country unfinished.")
      .waitFor();
    await page.getByText("No codes yet").waitFor({ state: "hidden" });
    await page.getByText(/^Highest bar: \d+ codes?$/).waitFor();
    const ends = await page.evaluate<number[]>(
      "[...document.querySelectorAll('.legend, .totals, .pumping tbody tr')].map((row) => Math.round(row.lastElementChild.getBoundingClientRect().right))",
    );
    expect(new Set(ends).size).toBe(1);
    const cells = await page.locator(".pumping tbody tr td:last-child").allTextContents();
    expect(cells.reduce((sum, codes) => sum + Number(codes), 0)).toBe(60);
  });
}
