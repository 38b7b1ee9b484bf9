import { flaggedShare, percent, stoppedShare, type Measured } from "./measure.ts";

const [labelWidth, longestBar, barHeight, groupGap, width] = [190, 420, 14, 10, 720];

// On a card of its own, so that it is readable whatever the page around it is.
const style = `
  .card { fill: #ffffff; stroke: #d0d7de } text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 } .small { font-size: 11px; fill: #59636e } .good { fill: #bc4c00 } .pump { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d } text { fill: #f0f6fc } .small { fill: #9198a1 } .good { fill: #f0883e } .pump { fill: #4493f8 }
  }`;

/** Two charts: of good codes what was flagged, of pumps what was stopped. */
export function draw(measured: readonly Measured[]): string {
  const most = Math.max(0.001, ...measured.map(flaggedShare));
  const good = chart("Good codes flagged (less is better)", "good", measured, (one) => flaggedShare(one), most, 12);
  const pumped = measured.filter((one) => stoppedShare(one) !== undefined);
  const pump = chart(
    "Of the pump stopped (more is better)",
    "pump",
    pumped,
    (one) => stoppedShare(one) ?? 0,
    1,
    good.end,
  );
  const height = pump.end + 14;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>The guard in a simulation</title><style>${style}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...good.lines,
    ...pump.lines,
    "</svg>\n",
  ].join("\n");
}

function chart(
  title: string,
  kind: "good" | "pump",
  measured: readonly Measured[],
  valueOf: (one: Measured) => number,
  most: number,
  top: number,
): { readonly lines: string[]; readonly end: number } {
  if (measured.length === 0) return { lines: [], end: top };
  let y = top + 16;
  const lines = [`<text class="title" x="20" y="${y}">${title}</text>`];
  let scenario = "";
  for (const one of measured) {
    if (one.scenario.name !== scenario) y += groupGap;
    const label = one.scenario.name === scenario ? "" : one.scenario.name;
    scenario = one.scenario.name;
    const value = valueOf(one);
    const length = Math.max(value === 0 ? 0 : 1, (value / most) * longestBar);
    lines.push(
      `<text x="20" y="${y + 11}">${label}</text>`,
      `<text class="small" x="${labelWidth - 8}" y="${y + 11}" text-anchor="end">${one.codesPerDay} a day</text>`,
      `<rect class="${kind}" x="${labelWidth}" y="${y + 2}" width="${length.toFixed(1)}" height="${barHeight - 4}" rx="2"/>`,
      `<text class="small" x="${(labelWidth + length + 6).toFixed(1)}" y="${y + 11}">${percent(value)}</text>`,
    );
    y += barHeight;
  }
  return { lines, end: y + 12 };
}
