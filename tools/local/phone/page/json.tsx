import type { ComponentChildren } from "preact";

/** Indents JSON, as text or parsed. Returns other text unchanged. */
export function indented(body: unknown): string {
  if (typeof body !== "string") return body === undefined ? "" : JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const tokens =
  /(?<name>"(?:[^"\\]|\\.)*"(?=:))|(?<string>"(?:[^"\\]|\\.)*")|(?<literal>-?\b(?:\d[\d.eE+-]*|true|false|null)\b)/g;

/** Splits indented JSON into pieces. Names, strings and other values each get a class. */
export function coloured(text: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const { 0: token, index, groups = {} } of text.matchAll(tokens)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    pieces.push(text.slice(end, index), <span class={kind}>{token}</span>);
    end = index + token.length;
  }
  return [...pieces, text.slice(end)];
}
