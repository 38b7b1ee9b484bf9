import { onClick, part } from "./dom.ts";
import { currentRoute, go } from "./route.ts";

/** The keys that work wherever nobody is writing. The list of rows has its own. */
export function startKeys(): void {
  const keys = part(document, "keys", HTMLDialogElement);
  const acts: Readonly<Record<string, () => void>> = {
    "?": () => {
      keys.showModal();
    },
    "/": () => {
      go("#traffic");
      part(document, "filter").focus();
    },
    Escape() {
      if (currentRoute().hook === undefined) return;
      go("#traffic");
      part(document, "row-list").focus();
    },
  };
  onClick(document, "show-keys", acts["?"] ?? Boolean);
  onClick(document, "keys-close", () => {
    keys.close();
  });
  document.addEventListener("keydown", (event) => {
    const isTaken = ":popover-open, dialog[open]";
    const { target } = event;
    const writes = target instanceof Element && target.matches("input, select, textarea");
    const act = acts[event.key];
    if (act === undefined || writes || document.querySelector(isTaken) !== null) return;
    event.preventDefault();
    act();
  });
}
