import { testIncomingHooks } from "./incoming-hooks.ts";
import { testOtherSites } from "./other-sites.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";
import { faults } from "./faults.ts";
import { testAccessibility } from "./accessibility.ts";
import { send } from "./send.ts";

// All suites share one npm start and one browser, because each takes seconds to start.
describeInBrowser("the phone page", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await setUpDesk();
  });
  afterAll(() => desk.stop());
  const getDesk = () => desk;

  describe("accessibility", () => {
    testAccessibility(getDesk);
  });
  describe("the Send page", () => {
    send(getDesk);
  });
  describe("faults", () => {
    faults(getDesk);
  });
  describe("with incoming hooks", () => {
    testIncomingHooks(getDesk);
  });
  describe("with a page of another site", () => {
    testOtherSites(getDesk);
  });
});
