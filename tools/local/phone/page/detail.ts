import { messageNames } from "../channels.ts";
import type { HookItem } from "../protocol.ts";
import { askText } from "./ask.ts";
import { create, fromTemplate, onClick, part, write } from "./dom.ts";
import { editAndSend, sendAgain } from "./replay.ts";
import { factsOf, recordedSentence } from "./hook-facts.ts";
import { indented, withNames } from "./json.ts";
import type { Store } from "./store.ts";
import { attempt, copy } from "./toast.ts";
import { drawWaterfall } from "./waterfall.ts";
import { outcomeOf, timeOf, toneOf } from "./words.ts";

/** Everything that is known of one hook. It is updated as more becomes known. */
export function createDetail(store: Store): { show(n: number | undefined): void } {
  let drawn = "";
  return {
    show(n) {
      const hook = n === undefined ? undefined : store.hook(n);
      const version = `${n} ${hook?.seq}`;
      if (version === drawn) return;
      drawn = version;
      part(document, "detail-empty").hidden = hook !== undefined;
      write(
        document,
        "detail-empty-title",
        n === undefined ? "Choose a hook." : `Hook ${n} is not there, or forgotten.`,
      );
      const side = part(document, "detail");
      const open = new Map(
        [...side.querySelectorAll("details")].map((box) => [box.dataset["name"], box.open]),
      );
      const focused = side.contains(document.activeElement)
        ? (document.activeElement as HTMLElement).dataset["part"]
        : undefined;
      side.replaceChildren(...(hook === undefined ? [] : [drawHook(hook)]));
      for (const box of side.querySelectorAll("details"))
        box.open = open.get(box.dataset["name"]) ?? box.open;
      if (focused !== undefined && hook !== undefined) part(side, focused).focus();
    },
  };
}

function drawHook(hook: HookItem): HTMLElement {
  const root = fromTemplate("hook");
  const { n, at, reason, channel, country, okta, message, event } = hook;
  const { number, locale } = factsOf(hook);
  write(root, "outcome", outcomeOf(hook)).dataset["tone"] = toneOf(hook);
  write(root, "title", reason ?? (number === "" ? `Hook ${n}` : number));
  const source = hook.from === "page" ? "sent from this page" : "came from outside";
  const facts = [
    channel && messageNames[channel],
    reason && number,
    country,
    locale,
    timeOf(at),
    source,
  ];
  write(root, "facts", facts.filter(Boolean).join(" · "));
  write(root, "recorded", recordedSentence(hook));
  write(root, "okta", okta);
  part(root, "waterfall").append(...drawWaterfall(hook));
  part(root, "exchanges").append(...exchangesOf(hook));
  drawEvent(root, event);
  const link = part(root, "message", HTMLAnchorElement);
  link.hidden = message === undefined;
  link.href = `#m=${message ?? ""}`;
  onClick(root, "again", () => attempt(() => sendAgain(n)));
  onClick(root, "edit", () => {
    editAndSend(n, hook.request.body);
  });
  onClick(root, "curl", () =>
    attempt(async () =>
      copy(
        await askText(`/sandbox/hooks/${n}/curl`),
        "The command is copied. It takes the secret from OKTA_HOOK_SECRET.",
      ),
    ),
  );
  const file = part(root, "download", HTMLAnchorElement);
  [file.href, file.download] = [`/sandbox/hooks/${n}/curl`, `hook-${n}.sh`];
  return root;
}

/** In the order of time. What Okta sent is long and mostly known, so it is closed. */
function exchangesOf({ request, answer, provider }: HookItem): HTMLElement[] {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const boxes = [
    drawExchange("Okta sent", "POST", `${headers.join("\n")}\n\n${indented(request.body)}`, false),
    ...provider.flatMap((call) => [
      drawExchange(
        "8x8 got",
        `${call.request.method} ${call.request.path}`,
        indented(call.request.body),
      ),
      drawExchange(
        "8x8 answered",
        `${call.answer?.status ?? "nothing"}`,
        indented(call.answer?.body),
      ),
    ]),
    drawExchange(
      "Okta got",
      answer === undefined ? "nothing yet" : `HTTP ${answer.status}`,
      indented(answer?.body),
    ),
  ];
  boxes.forEach((box, place) => (box.dataset["name"] = `exchange ${place}`));
  return boxes;
}

function drawExchange(title: string, line: string, body: string, open = true): HTMLElement {
  const box = fromTemplate("exchange");
  box.toggleAttribute("open", open);
  write(box, "title", title);
  write(box, "line", line);
  const text = part(box, "body");
  text.hidden = body === "";
  text.append(...withNames(body));
  text.ariaLabel = title;
  return box;
}

function drawEvent(root: HTMLElement, event: HookItem["event"]): void {
  const box = part(root, "event-box");
  box.dataset["name"] = "event";
  box.hidden = event === undefined;
  for (const [name, value] of Object.entries(event ?? {})) {
    const text =
      typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
    part(root, "event").append(create("dt", name), create("dd", text));
  }
}
