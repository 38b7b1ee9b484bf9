import { testAccessibility } from "./accessibility.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";
import { testKeyboard } from "./keyboard.ts";
import { testOtherSites } from "./other-sites.ts";
import { testRequests } from "./requests.ts";

// All suites share one npm start and one browser, because both take seconds to start.
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

  test("`Clear` deletes all requests and messages, and the page says when the app has stopped", async () => {
    const page = await desk.open("#traffic");
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.getByText("No request yet").waitFor();
    await page.getByText("No message yet").waitFor();
    await desk.command.stop();
    await page.getByText("The app has stopped.").waitFor();
  });
});
