import { asHooksCome } from "./as-hooks-come.ts";
import { besideOtherPages } from "./beside-other-pages.ts";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";
import { faults } from "./faults.ts";
import { forEverybody } from "./for-everybody.ts";
import { send } from "./send.ts";

// One start of the program and of the browser for all.
describeInBrowser("the phone page", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await setUpDesk();
  });
  afterAll(() => desk.stop());
  const getDesk = () => desk;

  describe("for everybody", () => {
    forEverybody(getDesk);
  });
  describe("the part Send", () => {
    send(getDesk);
  });
  describe("faults", () => {
    faults(getDesk);
  });
  describe("as hooks come", () => {
    asHooksCome(getDesk);
  });
  describe("beside other web pages", () => {
    besideOtherPages(getDesk);
  });
});
