import type { HookItem, SettingsAnswer } from "../protocol.ts";
import { ask, numberOf } from "./ask.ts";
import { signInWith } from "./bubble.ts";
import { create, part } from "./dom.ts";
import { recordedSentence } from "./hook-facts.ts";
import { missingFor, type Preset } from "./preset.ts";
import { presets } from "./presets.ts";
import { createSendForm } from "./send-form.ts";
import type { Store } from "./store.ts";
import { attempt } from "./toast.ts";
import { msOf, outcomeOf, toneOf } from "./words.ts";

/**
 * Okta's preview as a form: fill in, or choose an outcome, and see at once what came of it. Call
 * what it returns to show it.
 */
export function startSend(store: Store): () => Promise<unknown> {
  const element = part(document, "send-form", HTMLFormElement);
  const form = createSendForm(element);
  let fault: Preset["fault"];
  let times = 1;
  let sent: number | undefined;
  let drawn = "";
  let drawnFor = "";

  /** Sent at once, unless a setting is missing. To change it first, click it again. */
  function choosePreset(preset: Preset, again: boolean, missing: string): void {
    times = preset.repeat ?? 1;
    form.fill(preset.send);
    setFault(preset.fault);
    const outcome = preset.outcome.replace(" ", ", ");
    part(document, "preset-note").textContent =
      `${preset.says} ` +
      (missing === ""
        ? `It ends as ${outcome}.`
        : `With ${missing} npm start it ends as ${outcome}.`);
    if (again || missing !== "") part(element, "first-field", HTMLSelectElement).focus();
    else void send();
  }

  function setFault(next: Preset["fault"]): void {
    fault = next;
    part(document, "send-fault").hidden = next === undefined;
    if (next !== undefined)
      part(document, "send-fault-text").textContent = `8x8's next answer: ${faultText(next)}.`;
  }

  const send = () =>
    attempt(async () => {
      if (fault !== undefined) await ask("/sandbox/fault", { of: "8x8", ...fault, times: 1 });
      for (; times > 0; times--) sent = numberOf(await ask("/sandbox/hooks", form.read()));
      times = 1;
      show();
    });

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  part(document, "send-fault-off").addEventListener("click", () => {
    setFault(undefined);
    part(document, "preset-note").textContent = "8x8 answers as ever.";
  });

  function show(): void {
    const hook = sent === undefined ? undefined : store.hook(sent);
    const message = store.messages.findLast(({ n }) => n === hook?.message);
    const version = `${hook?.n} ${hook?.seq} ${message?.seq}`;
    if (hook === undefined || version === drawn) return;
    drawn = version;
    const result = part(document, "send-result");
    result.hidden = false;
    result.replaceChildren(...drawResult(hook));
    if (message === undefined) return;
    if (message.used !== undefined)
      result.append(create("p", "The code was used, and the app knows it.", "note"));
    else if (message.code !== undefined) result.append(signInButton(message.n, message.code));
  }

  form.fill({});
  store.onChange(show);
  return () =>
    attempt(async () => {
      const { settings } = (await ask("/sandbox/settings")) as SettingsAnswer;
      // A button that somebody is about to click stays where it is.
      if (JSON.stringify(settings) === drawnFor) return;
      drawnFor = JSON.stringify(settings);
      const groups = Object.entries(presets).map(([title, group]) =>
        drawGroup(title, group, settings, choosePreset),
      );
      part(document, "presets").replaceChildren(...groups);
    });
}

function drawGroup(
  title: string,
  group: readonly Preset[],
  settings: SettingsAnswer["settings"],
  choose: (preset: Preset, again: boolean, missing: string) => void,
): HTMLElement {
  const box = document.createElement("div");
  box.className = "group";
  const buttons = group.map((preset) => {
    const button = create("button", preset.name);
    const missing = missingFor(preset, settings);
    if (missing !== "") button.append(create("small", ` ${missing} npm start`));
    button.setAttribute("type", "button");
    button.title = preset.says;
    button.ariaPressed = "false";
    button.addEventListener("click", () => {
      const again = button.ariaPressed === "true";
      for (const other of document.querySelectorAll(".choices button"))
        other.ariaPressed = String(other === button);
      choose(preset, again, missing);
    });
    return button;
  });
  const list = document.createElement("div");
  list.className = "choices";
  list.append(...buttons);
  box.append(create("h3", title), list);
  return box;
}

function drawResult(hook: HookItem): HTMLElement[] {
  const badge = create("span", outcomeOf(hook), "badge");
  badge.dataset["tone"] = toneOf(hook);
  const head = create("p", "", "result-head");
  const took = hook.answer === undefined ? "" : ` in ${msOf(hook.answer.ms)}`;
  head.append(badge, ` ${hook.reason ?? ""}${took}`);
  const link = document.createElement("a");
  link.href = `#hook=${hook.n}`;
  link.textContent = "See every step";
  const recorded = recordedSentence(hook);
  return [
    head,
    ...(recorded === undefined ? [] : [create("p", recorded, "would")]),
    create("p", hook.okta ?? "Waiting for the app's answer…"),
    link,
  ];
}

function signInButton(message: number, code: string): HTMLElement {
  const button = create("button", `Sign in with ${code}`, "main");
  button.setAttribute("type", "button");
  button.addEventListener("click", () => void attempt(() => signInWith(message)));
  return button;
}

function faultText({ fault, ...more }: NonNullable<Preset["fault"]>): string {
  const details = Object.entries(more).map(([name, value]) => `${name} ${value}`);
  return [fault, ...details].join(", ");
}
