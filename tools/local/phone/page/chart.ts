import type { HookItem } from "../protocol.ts";
import { create } from "./dom.ts";
import { plural, recordedWords, timeOf } from "./words.ts";

/** Who asked for a code. Each kind has a color. */
export type Asker = "people" | "attacker";
const askers = ["people", "attacker"] as const;

const barCount = 60;
const laneHeight = 100;
const barShare = 0.8;

interface Lane {
  readonly title: string;
  readonly bars: readonly Record<Asker, number>[];
}

const isSent = ({ outcome }: HookItem): boolean => outcome === "accepted";
const isRefused = ({ outcome }: HookItem): boolean => outcome === "refused";
const wouldBeRefused = (hook: HookItem): boolean =>
  isSent(hook) && recordedWords(hook) !== undefined;

/**
 * Draws codes over time in three lanes with one scale: asked for, sent, and refused. If the guard
 * only records, the third lane shows what the guard would refuse.
 */
export function drawChart(
  hooks: readonly HookItem[],
  askerOf: (hook: HookItem) => Asker,
): HTMLElement[] {
  const [first, last] = [hooks[0], hooks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = Date.parse(first.at);
  const spanMs = Date.parse(last.at) - from + 1;
  const laneOf = (title: string, isIn: (hook: HookItem) => boolean): Lane => {
    const bars = Array.from({ length: barCount }, () => ({ people: 0, attacker: 0 }));
    for (const hook of hooks.filter(isIn)) {
      const bar = bars[Math.floor(((Date.parse(hook.at) - from) / spanMs) * barCount)];
      if (bar !== undefined) bar[askerOf(hook)]++;
    }
    return { title, bars };
  };
  const third = hooks.some(wouldBeRefused) ? "Would be refused" : "Refused";
  const lanes = [
    laneOf("Asked for", () => true),
    laneOf("Sent", isSent),
    laneOf(third, (hook) => isRefused(hook) || wouldBeRefused(hook)),
  ];
  const highest = Math.max(1, ...lanes.flatMap(({ bars }) => bars.map(heightOf)));
  const axis = create("p", "", "axis");
  const scale = `Highest bar: ${plural(highest, "code")}`;
  axis.append(...[timeOf(first.at), scale, timeOf(last.at)].map((text) => create("span", text)));
  return [...lanes.map((lane) => drawLane(lane, highest)), axis];
}

const heightOf = ({ people, attacker }: Record<Asker, number>): number => people + attacker;

function drawLane({ title, bars }: Lane, highest: number): HTMLElement {
  const lane = create("div", "", "lane");
  const total = (asker: Asker) => bars.reduce((sum, bar) => sum + bar[asker], 0);
  const svg = createSvg("svg", { viewBox: `0 0 ${barCount} ${laneHeight}`, role: "img" });
  svg.setAttribute("preserveAspectRatio", "none");
  svg.ariaLabel = `${title}: ${plural(total("people"), "code")} of people, ${plural(total("attacker"), "code")} of the attacker`;
  bars.forEach((bar, x) => {
    let top = laneHeight;
    for (const asker of askers) {
      const height = (bar[asker] / highest) * laneHeight;
      top -= height;
      if (height > 0)
        svg.append(createSvg("rect", { class: asker, x, y: top, width: barShare, height }));
    }
  });
  const totals = create("p", "", "totals");
  totals.append(...askers.map((asker) => create("span", `${total(asker)}`, asker)));
  lane.append(create("h3", title), svg, totals);
  return lane;
}

function createSvg(tag: string, attributes: Readonly<Record<string, string | number>>) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  return element;
}
