import { onClick, part } from "./dom.ts";
import { currentRoute, go } from "./route.ts";

/** Keys that work outside of fields and dialogs. The list of rows handles its own keys. */
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
