import {
  after,
  answering,
  answers,
  hook,
  tooLate,
  withoutRows,
  type FalseWorld,
} from "./false-world.ts";
import { json } from "./front.ts";

/** The app restarts, or is stopped and started. */
export const worldsOfStarts: readonly FalseWorld[] = [
  {
    name: "hooks get 503 while the app restarts",
    make: (world) =>
      world.manager.add(
        after(/\/restart$/, () => world.app.add(answering(hook, json(503, {}), 2))),
      ),
    seen: () => ({ pauseMs: 1 }),
    id: "app-restart",
    words: [/503/],
  },
  {
    name: "a hook takes more than 3 s while the app restarts",
    make: (world) => world.manager.add(after(/\/restart$/, () => world.app.add(tooLate(hook)))),
    seen: () => ({ pauseMs: 1 }),
    id: "app-restart",
    words: [/\b3 s/, /no answer in 3 s|\b[3-9]\.\d* s|\b[3-9]\d{3} ms/],
  },
  {
    name: "the first hooks after a start get 503",
    make: (world) =>
      world.manager.add(after(/\/start$/, () => world.app.add(answering(hook, json(503, {}), 3)))),
    id: "app-cold-start",
    words: [/503/],
  },
  {
    name: "the first hook after a start takes more than 3 s",
    make: (world) => world.manager.add(after(/\/start$/, () => world.app.add(tooLate(hook)))),
    id: "app-cold-start",
    words: [/\b3 s/, /no answer in 3 s|\b[3-9]\.\d* s|\b[3-9]\d{3} ms/],
  },
  {
    name: "Azure answers the first start with 503",
    make: answers("manager", /\/sites\/func-test\/start$/, json(503, {}), 1),
    id: "app-cold-start",
    verdict: "holds",
    words: [],
  },
  {
    name: "Azure does not start the app again",
    make: answers("manager", /\/sites\/func-test\/start$/, json(503, {})),
    id: "app-cold-start",
    staysStopped: true,
    words: [/az functionapp start/, /503/],
  },
  {
    name: "the first requests after a start have no row",
    make: (world) =>
      world.manager.add(after(/\/start$/, () => world.manager.add(withoutRows("requests")))),
    inVain: true,
    id: "azure-cold-start-row",
    words: [/requests/],
  },
];
