import { asHooksCome } from "./as-hooks-come.ts";
import { besideOtherPages } from "./beside-other-pages.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";
import { faults } from "./faults.ts";
import { forEverybody } from "./for-everybody.ts";
import { send } from "./send.ts";

// All these tests share one program and one browser.
describeInBrowser("the phone page", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await setUpDesk();
  });
  afterAll(() => desk.stop());
  const getDesk = () => desk;

  describe("accessibility", () => {
    forEverybody(getDesk);
  });
  describe("the Send page", () => {
    send(getDesk);
  });
  describe("faults", () => {
    faults(getDesk);
  });
  describe("with incoming hooks", () => {
    asHooksCome(getDesk);
  });
  describe("beside other web pages", () => {
    besideOtherPages(getDesk);
  });
});
