import type { HookItem } from "../protocol.ts";
import { create, fromTemplate, part, write } from "./dom.ts";
import { msOf } from "./words.ts";

/** Okta's timeout in ms: https://developer.okta.com/docs/concepts/inline-hooks/ */
const oktaWaitsMs = 3_000;

const steps = [
  ["authenticateMs", "Is it Okta?"],
  ["parseMs", "Read the request"],
  ["decideMs", "Decide"],
  ["sendMs", "8x8 sends"],
] as const;

interface Bar {
  readonly name: string;
  readonly fromMs: number;
  readonly ms: number;
}

/** Returns a bar for each step of a request, within the time that the caller waited. */
function barsOf({ event = {}, answer }: HookItem): Bar[] {
  let fromMs = 0;
  const bars: Bar[] = [];
  for (const [property, name] of steps) {
    const ms = Number(event[property] ?? NaN);
    if (Number.isNaN(ms)) continue;
    bars.push({ name, fromMs, ms });
    fromMs += ms;
  }
  const rest = (answer?.ms ?? 0) - fromMs;
  return bars.length > 0 && rest > 0 ? [...bars, { name: "The rest", fromMs, ms: rest }] : bars;
}

export function drawWaterfall(hook: HookItem): HTMLElement[] {
  const bars = barsOf(hook);
  const total = hook.answer?.ms ?? 0;
  if (bars.length === 0 || total === 0) return [];
  const list = document.createElement("dl");
  list.className = "waterfall";
  list.append(...bars.map((bar) => drawBar(bar, total)));
  const share = Math.max(1, Math.round((total / oktaWaitsMs) * 100));
  return [create("h3", `${msOf(total)}, ${share} % of the 3 s that Okta waits`), list];
}

function drawBar({ name, fromMs, ms }: Bar, totalMs: number): HTMLElement {
  const step = fromTemplate("step");
  write(step, "name", name);
  write(step, "ms", msOf(ms));
  const beam = part(step, "beam");
  beam.style.insetInlineStart = `${Math.min(99, (fromMs / totalMs) * 100)}%`;
  beam.style.inlineSize = `${Math.min(100, (ms / totalMs) * 100)}%`;
  return step;
}
