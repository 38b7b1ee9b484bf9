import { createConnectionState } from "./connection.ts";
import { part } from "./dom.ts";
import { startFaults } from "./faults.ts";
import { startKeys } from "./keys.ts";
import { startPhone } from "./phone.ts";
import { startSmsPumping } from "./sms-pumping.ts";
import { startEditor } from "./replay.ts";
import { currentRoute, go } from "./route.ts";
import { startSend } from "./send.ts";
import { showSettings } from "./settings.ts";
import { createStore } from "./store.ts";
import { followStream } from "./stream.ts";
import { startTraffic } from "./traffic.ts";

// The store holds everything that the sandbox sends. Each part of the page draws from it.
const store = createStore();
const showMessage = startPhone(store);
const showHook = startTraffic(store);
const showSend = startSend(store);
const showPumping = startSmsPumping(store);
startFaults(store);
startEditor();
startKeys();

function follow(): void {
  const route = currentRoute();
  // On a wide screen, the phone is beside the other parts.
  const view = route.view === "phone" ? "traffic" : route.view;
  document.body.dataset["view"] = route.view;
  for (const section of document.querySelectorAll<HTMLElement>(".parts > [data-view]"))
    section.hidden = section.dataset["view"] !== view;
  for (const link of document.querySelectorAll("nav a"))
    link.ariaCurrent = link.getAttribute("href") === `#${route.view}` ? "page" : null;
  showHook(route);
  showMessage(route);
  if (route.view === "send") void showSend();
  if (route.view === "pumping") showPumping();
  if (route.view === "settings") void showSettings();
}
addEventListener("hashchange", follow);
follow();

// Do not follow the link, because the hash selects the view.
part(document, "skip").addEventListener("click", (event) => {
  event.preventDefault();
  if (currentRoute().view === "phone") go("#traffic");
  part(document, "parts").focus();
});

followStream(store, createConnectionState());
