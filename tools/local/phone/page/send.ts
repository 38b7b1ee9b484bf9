import type { MessageItem, SendHook, SettingsAnswer } from "../protocol.ts";
import { ask, numberOf, Refusal } from "./ask.ts";
import { signInWith } from "./bubble.ts";
import { create, fromTemplate, onClick, part, write } from "./dom.ts";
import { factsOf } from "./hook-facts.ts";
import { missingFor, type Preset } from "./preset.ts";
import { presets } from "./presets.ts";
import { readSendForm, startSendForm, usual } from "./send-form.ts";
import type { Store } from "./store.ts";
import { attempt, copy } from "./toast.ts";
import { isLost, msOf, oktaWords, recordedWords } from "./words.ts";

/**
 * Starts the form, and a button for each outcome. The result appears beside the pressed button.
 * Call the returned function when the view opens.
 */
export function startSend(store: Store): () => Promise<unknown> {
  const element = part(document, "send-form", HTMLFormElement);
  const result = part(document, "send-result");
  let sent: number | undefined;
  let drawn = "";
  let drawnFor = "";

  /** Only the result of the last press is shown. */
  async function sendFrom(place: HTMLElement, wish: SendHook, preset?: Preset): Promise<void> {
    start(place, create("p", "Sending…"));
    const isLast = () => result.parentElement === place;
    try {
      const { fault, repeat = 1 } = preset ?? {};
      if (fault !== undefined) await ask("/sandbox/fault", { of: "8x8", ...fault, times: 1 });
      let n: number | undefined;
      for (let left = repeat; left > 0; left--) n = numberOf(await ask("/sandbox/hooks", wish));
      if (isLast()) sent = n;
      show();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (isLast()) result.replaceChildren(error.message);
    }
  }

  function start(place: HTMLElement, ...words: HTMLElement[]): void {
    sent = undefined;
    delete result.dataset["tone"];
    result.hidden = false;
    result.replaceChildren(...words);
    place.append(result);
  }

  function show(): void {
    const hook = sent === undefined ? undefined : store.hook(sent);
    const message = store.message(hook?.message ?? 0);
    const version = `${hook?.n} ${hook?.seq} ${message?.seq}`;
    if (hook === undefined || version === drawn) return;
    drawn = version;
    const root = fromTemplate("result");
    const { tone, says } = factsOf(hook, message);
    result.dataset["tone"] = tone;
    write(root, "says", says);
    write(root, "reason", [hook.outcome, hook.reason].filter(Boolean).join(" "));
    write(root, "ms", hook.answer && msOf(hook.answer.ms));
    write(root, "recorded", recordedWords(hook));
    write(root, "okta", oktaWords(hook));
    part(root, "steps", HTMLAnchorElement).href = `#hook=${hook.n}`;
    offerSignIn(root, message);
    result.replaceChildren(root);
  }

  function choose(place: HTMLElement, preset: Preset, missing: string): void {
    if (missing === "") {
      void sendFrom(place, { ...usual, ...preset.send }, preset);
      return;
    }
    const root = fromTemplate("missing");
    const command = `${missing} npm start`;
    write(root, "command", command);
    onClick(root, "copy", () => copy(command, "The command is copied."));
    start(place, root);
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    void sendFrom(part(element, "form-end"), readSendForm(element));
  });
  startSendForm(element);
  store.onChange(show);
  return () =>
    attempt(async () => {
      const { settings } = (await ask("/sandbox/settings")) as SettingsAnswer;
      // Keep the buttons if the settings are unchanged, because a user may be about to click one.
      if (JSON.stringify(settings) === drawnFor) return;
      drawnFor = JSON.stringify(settings);
      part(document, "presets").replaceChildren(...drawGroups(settings, choose));
    });
}

function offerSignIn(root: HTMLElement, message: MessageItem | undefined): void {
  const button = part(root, "sign-in");
  const { n, code, used } = message ?? {};
  write(root, "used", used && "The code was used, and the app knows it.");
  button.hidden = n === undefined || code === undefined || used !== undefined;
  button.hidden ||= message !== undefined && isLost(message);
  button.textContent = `Sign in with ${code}`;
  onClick(root, "sign-in", () => attempt(() => signInWith(n ?? 0)));
}

type Choose = (place: HTMLElement, preset: Preset, missing: string) => void;

/** Draws the groups of presets. Presets that need a setting are collapsed at the end. */
function drawGroups(settings: SettingsAnswer["settings"], choose: Choose): HTMLElement[] {
  const folded = fromTemplate("needs-a-setting");
  const groups = Object.entries(presets).map(([title, group]) => {
    const box = create("div", "", "group");
    box.append(create("h3", title));
    for (const preset of group) {
      const missing = missingFor(preset, settings);
      (missing === "" ? box : folded).append(drawPreset(preset, missing, choose));
    }
    return box;
  });
  return [...groups.filter((box) => box.querySelector("button")), folded];
}

function drawPreset(preset: Preset, missing: string, choose: Choose): HTMLElement {
  const row = fromTemplate("preset");
  write(row, "name", preset.name);
  write(row, "about", preset.says);
  onClick(row, "name", () => {
    choose(row, preset, missing);
  });
  return row;
}
