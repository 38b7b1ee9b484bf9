import { titles, type Name } from "../contestants.ts";
import type { Results } from "../results.ts";

interface Panel {
  readonly title: string;
  readonly bars: readonly (readonly [name: string, value: number])[];
}

const width = 440;
const barHeight = 20;
const labelWidth = 126;
const longestBar = width - labelWidth - 80;
const panelHead = 34;

// On a card of its own, so that it is readable whether or not the page around it has the theme of
// the reader's system.
const style = `
  .card { fill: #ffffff; stroke: #d0d7de } text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 } .small { font-size: 11px; fill: #59636e } .bar { fill: #8c959f } .ours { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d } text { fill: #f0f6fc } .small { fill: #9198a1 } .bar { fill: #656c76 } .ours { fill: #4493f8 }
  }`;

/** The results as an SVG, in two columns of bars. */
export function draw(results: Results): string {
  const panels = panelsOf(results);
  const columns = [
    panels.filter((_, index) => index % 2 === 0),
    panels.filter((_, index) => index % 2 === 1),
  ];
  const height = Math.max(...columns.map(heightOf)) + 52;
  const { date, node, processor } = results.machine;
  const note = `Node ${node} on ${processor}, ${date.slice(0, 10)}. Every process on one machine; ratios mean more than numbers.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width + 40} ${height}" role="img">`,
    `<title>${escape(`${titles.ours} beside the others`)}</title><style>${style}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${2 * width + 39}" height="${height - 1}" rx="6"/>`,
    ...columns.flatMap((column, index) => drawColumn(column, 20 + index * width)),
    `<text class="small" x="20" y="${height - 14}">${escape(note)}</text>`,
    "</svg>\n",
  ].join("\n");
}

function panelsOf({ warm, cold, idle, memory }: Results): Panel[] {
  const panel = <T>(
    title: string,
    by: Readonly<Record<string, T>>,
    value: (of: T) => number,
  ): Panel => ({
    title,
    bars: Object.entries(by).map(([name, of]) => [name, value(of)]),
  });
  return [
    ...(warm
      ? [
          panel("CPU per hook, ms", warm.connections[20], ({ cpuMsPerHook }) => cpuMsPerHook),
          panel(
            "Hooks a second, 20 connections (more is better)",
            warm.connections[20],
            ({ perSecond }) => perSecond,
          ),
          panel("p50 at 50 hooks a second, ms", warm.steady, ({ p50 }) => p50),
          panel("p99 at 50 hooks a second, ms", warm.steady, ({ p99 }) => p99),
        ]
      : []),
    ...(cold
      ? [panel("Process start to first code, ms", cold, ({ msToFirstCode }) => msToFirstCode)]
      : []),
    ...(idle ? [panel("First hook after the longest silence, ms", idle, afterLongestSilence)] : []),
    ...(memory ? [panel("Memory under load, MB", memory, (sizes) => sizes.at(-1) ?? 0)] : []),
  ];
}

function afterLongestSilence({ afterSilenceMs }: NonNullable<Results["idle"]>[string]): number {
  return Object.values(afterSilenceMs).at(-1) ?? 0;
}

function heightOf(panels: readonly Panel[]): number {
  return panels.reduce((sum, { bars }) => sum + panelHead + bars.length * barHeight, 0);
}

function drawColumn(panels: readonly Panel[], x: number): string[] {
  let y = 10;
  return panels.flatMap(({ title, bars }) => {
    const most = Math.max(...bars.map(([, value]) => value));
    const lines = [`<text class="title" x="${x}" y="${y + 20}">${escape(title)}</text>`];
    y += panelHead - 4;
    for (const [name, value] of bars) {
      lines.push(drawBar(x, y, name, value, value / most));
      y += barHeight;
    }
    y += 4;
    return lines;
  });
}

function drawBar(x: number, y: number, name: string, value: number, share: number): string {
  const length = Math.max(1, share * longestBar).toFixed(1);
  const left = x + labelWidth;
  return [
    `<text x="${x}" y="${y + 14}">${escape(titles[name as Name])}</text>`,
    `<rect class="${name === "ours" ? "ours" : "bar"}" x="${left}" y="${y + 3}" width="${length}" height="${barHeight - 6}" rx="2"/>`,
    `<text x="${(left + Number(length) + 6).toFixed(1)}" y="${y + 14}">${written(value)}</text>`,
  ].join("");
}

function written(value: number): string {
  return value < 10 ? value.toFixed(2) : String(Math.round(value));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
