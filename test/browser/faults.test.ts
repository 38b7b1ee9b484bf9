import type { Page } from "playwright-core";
import { knownFaults } from "../../sandbox/8x8.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";

describeInBrowser("faults", () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await setUpDesk(["--azure"]);
    page = await desk.open("#faults");
  });
  afterAll(() => desk.stop());

  const card = (of: string) =>
    page.locator("form.fault", { has: page.getByRole("heading", { name: of, exact: true }) });
  const banner = () => page.locator(".banner");

  const all = (of: string, faults: readonly string[]) => faults.map((fault) => [of, fault] as const);
  const azure = ["down", "hang", "error", "denied", "slow"];
  test.each([
    ...all("8x8", knownFaults),
    ...["Key Vault", "Managed identity", "Table of codes", "Application Insights"].flatMap((of) => all(of, azure)),
  ])("%s: %s is switched on, shown on top of the page, and switched off", async (of, fault) => {
    await card(of).getByLabel("Fault").selectOption(fault);
    await card(of).getByRole("button", { name: "Switch on" }).click();
    await banner().getByText(`${of}: ${fault}, until switched off`).waitFor();
    await banner().getByRole("button", { name: "Switch off" }).click();
    await banner().waitFor({ state: "hidden" });
    await card(of).getByText("Works.").waitFor();
  });

  test("every fault says what it does, and each card what comes of it", async () => {
    for (const effect of await page.locator("form.fault [data-part=effect]").allTextContents())
      expect(effect).toMatch(/^[A-Z].*\.$/);
    for (const form of await page.locator("form.fault").all())
      for (const fault of await form.locator("option").all()) {
        expect(await fault.textContent()).toMatch(/^[\w-]+: [A-Z].*\.$/);
      }
  });

  test("a fault that is to come twice is over after two hooks", async () => {
    await card("8x8").getByLabel("Fault").selectOption("500");
    await card("8x8").getByLabel("Times").fill("2");
    await card("8x8").getByRole("button", { name: "Switch on" }).click();
    await banner().getByText("8x8: 500, 2 more").waitFor();
    await page.goto(`${desk.url}/#send`);
    for (const outcome of ["unavailable", "unavailable", "accepted"]) {
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator(".outcome .badge", { hasText: outcome }).waitFor();
    }
    await banner().waitFor({ state: "hidden" });
  });

  test("codes of SMS pumping meet the fault that is on", async () => {
    await page.goto(`${desk.url}/#faults`);
    await card("8x8").getByLabel("Fault").selectOption("rejected");
    await card("8x8").getByLabel("Times").fill("3");
    await card("8x8").getByRole("button", { name: "Switch on" }).click();
    await banner().getByText("8x8: rejected, 3 more").waitFor();
    await page.getByLabel("Codes").fill("5");
    await page.getByRole("button", { name: "Send codes", exact: true }).click();
    await page.getByText("5 codes to +44770090…").waitFor();
    await page
      .locator(".pumping tbody tr", { hasText: "rejected" })
      .locator("td:last-child", { hasText: /^3$/ })
      .waitFor();
  });

  test("SMS pumping shows how many codes went through and what the guard said", async () => {
    await page.goto(`${desk.url}/#faults`);
    await page.getByLabel("Codes").fill("30");
    await page.getByRole("button", { name: "Send codes", exact: true }).click();
    await page.getByText("30 codes to +44770090…").waitFor();
    await page.locator(".pumping tbody tr", { hasText: "country-unfinished" }).waitFor();
    const cells = await page.locator(".pumping tbody tr td:last-child").allTextContents();
    expect(cells.reduce((sum, codes) => sum + Number(codes), 0)).toBe(30);
  });
});
