import type { HookItem, MessageItem } from "../protocol.ts";
import { askText } from "./ask.ts";
import { create, fromTemplate, onClick, part, write } from "./dom.ts";
import { drawExchanges } from "./exchanges.ts";
import { factsOf } from "./hook-facts.ts";
import { editAndSend, sendAgain } from "./replay.ts";
import type { Store } from "./store.ts";
import { attempt, copy } from "./toast.ts";
import { drawWaterfall } from "./waterfall.ts";
import { endWords, recordedWords, timeOf } from "./words.ts";

/** Shows all details of one hook request, and updates them as reports arrive. */
export function createDetail(store: Store): { show(n: number | undefined): void } {
  let drawn = "";
  return {
    show(n) {
      const hook = n === undefined ? undefined : store.hook(n);
      const message = store.message(hook?.message ?? 0);
      const version = `${n} ${hook?.seq} ${message?.seq}`;
      if (version === drawn) return;
      drawn = version;
      part(document, "detail-side").hidden = n === undefined;
      part(document, "detail-empty").hidden = hook !== undefined;
      write(document, "detail-empty-title", `Request ${n} does not exist, or was deleted`);
      const side = part(document, "detail");
      const open = new Map(
        [...side.querySelectorAll("details")].map((box) => [box.dataset["name"], box.open]),
      );
      const focused = side.contains(document.activeElement)
        ? (document.activeElement as HTMLElement).dataset["part"]
        : undefined;
      side.replaceChildren(...(hook === undefined ? [] : [drawHook(hook, message)]));
      for (const box of side.querySelectorAll("details"))
        box.open = open.get(box.dataset["name"]) ?? box.open;
      if (focused !== undefined && hook !== undefined) part(side, focused).focus();
    },
  };
}

function drawHook(hook: HookItem, message: MessageItem | undefined): HTMLElement {
  const root = fromTemplate("hook");
  const { n, at, outcome, reason, country, locale, event } = hook;
  const { title, tone, says } = factsOf(hook, message);
  root.dataset["tone"] = tone;
  write(root, "says", says);
  const source = hook.from === "page" ? "sent from this page" : "came from outside";
  write(
    root,
    "facts",
    [title, country, locale, timeOf(at), source].filter(Boolean).join(" · "),
  ).append(" · ", create("code", [outcome, reason].filter(Boolean).join(" ")));
  write(root, "recorded", recordedWords(hook));
  write(root, "okta", endWords(hook, message));
  part(root, "waterfall").append(...drawWaterfall(hook));
  part(root, "exchanges").append(...drawExchanges(hook));
  drawEvent(root, event);
  const link = part(root, "message", HTMLAnchorElement);
  link.hidden = message === undefined;
  link.href = `#m=${message?.n}`;
  onClick(root, "again", () => attempt(() => sendAgain(n)));
  onClick(root, "edit", () => {
    editAndSend(hook);
  });
  onClick(root, "json", () => copy(JSON.stringify(hook, null, 2), "The request is copied."));
  onClick(root, "curl", () =>
    attempt(async () =>
      copy(
        await askText(`/sandbox/hooks/${n}/curl`),
        "The command is copied. Set OKTA_HOOK_SECRET before you run it.",
      ),
    ),
  );
  const file = part(root, "download", HTMLAnchorElement);
  file.href = `/sandbox/hooks/${n}/curl`;
  file.download = `request-${n}.sh`;
  return root;
}

function drawEvent(root: HTMLElement, event: HookItem["event"]): void {
  const box = part(root, "event-box");
  box.hidden = event === undefined;
  for (const [name, value] of Object.entries(event ?? {})) {
    const text =
      typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
    part(root, "event").append(create("dt", name), create("dd", text));
  }
}
