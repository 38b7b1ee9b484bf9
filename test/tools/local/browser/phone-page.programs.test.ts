import { testAccessibility } from "./accessibility.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";
import { testKeyboard } from "./keyboard.ts";
import { testOtherSites } from "./other-sites.ts";
import { testRequests } from "./requests.ts";

// All suites share one npm start and one browser, because each takes seconds to start.
describeInBrowser("the phone page", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await setUpDesk();
  });
  afterAll(() => desk.stop());
  const getDesk = () => desk;

  describe("with requests", () => {
    testRequests(getDesk);
  });
  describe("accessibility", () => {
    testAccessibility(getDesk);
  });
  describe("with the keyboard alone", () => {
    testKeyboard(getDesk);
  });
  describe("with a page of another site", () => {
    testOtherSites(getDesk);
  });

  test("says that npm start has stopped, and keeps the requests", async () => {
    const page = await desk.open();
    await page.getByRole("option").first().waitFor();
    await desk.stopApp();
    await page.getByText("npm start has stopped.").waitFor();
    await page.getByText(/it shows the state before \d\d:\d\d:\d\d\.$/).waitFor();
    expect(await page.getByRole("option").count()).toBeGreaterThan(0);
  });
});
