import { part } from "./dom.ts";
import { currentRoute, go } from "./route.ts";
import type { Traffic } from "./traffic.ts";

const storedAs = "single-keys";

/** One key for each thing that is done often. A person can switch them off: WCAG 2.1.4. */
export function startKeyboard({ step }: Traffic): void {
  const help = part(document, "help", HTMLDialogElement);
  const keysOn = part(document, "keys-on", HTMLInputElement);
  keysOn.checked = localStorage.getItem(storedAs) !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem(storedAs, keysOn.checked ? "on" : "off");
  });
  part(document, "help-button").addEventListener("click", () => {
    help.showModal();
  });

  const keys: Readonly<Record<string, () => void>> = {
    "/": () => {
      go("#traffic");
      part(document, "filter").focus();
    },
    j: () => {
      step(1);
    },
    k: () => {
      step(-1);
    },
    s: () => {
      go("#send");
      document.querySelector<HTMLElement>('[data-part="send-form"] [name="phoneNumber"]')?.focus();
    },
    "?": () => {
      help.showModal();
    },
  };

  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") !== null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") escape();
    else if (keysOn.checked && !isTyping(event.target) && keys[event.key] !== undefined) {
      // Before the view that a key opens takes the key as text.
      event.preventDefault();
      keys[event.key]?.();
    }
  });
}

/** Out of the filter, out of one hook, back to the list. */
function escape(): void {
  const filter = part(document, "filter", HTMLInputElement);
  if (document.activeElement === filter) {
    filter.value = "";
    filter.dispatchEvent(new Event("input"));
    part(document, "row-list").focus();
    return;
  }
  const route = currentRoute();
  if (route.view !== "traffic" || route.hook !== undefined) go("#traffic");
  part(document, "row-list").focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("textarea, select, input:not([type=checkbox])");
}
