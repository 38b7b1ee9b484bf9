import type { ComponentChildren } from "preact";
import { attempt, copy } from "./toast.ts";

interface CodeProps {
  /** Name of the text, for screen readers. */
  readonly name: string;
  readonly text: string;
}

export function Code({ name, text }: CodeProps) {
  if (text === "") return null;
  return (
    <div class="code">
      <pre tabIndex={0} aria-label={name}>
        {coloured(text)}
      </pre>
      <button
        type="button"
        aria-label={`Copy: ${name}`}
        onClick={() => attempt(() => copy(text, `Copied: ${name}.`))}
      >
        Copy
      </button>
    </div>
  );
}

const tokens =
  /(?<name>"(?:[^"\\]|\\.)*"(?=:))|(?<string>"(?:[^"\\]|\\.)*")|(?<literal>(?<=[:[,\s])(?:-?\d[\d.eE+-]*|true|false|null)(?=[,\s\]}]|$))/g;

/** Splits a text into pieces, with a CSS class for each name, string or other value of JSON. */
function coloured(text: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const { 0: token, index, groups = {} } of text.matchAll(tokens)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    pieces.push(text.slice(end, index), <span class={kind}>{token}</span>);
    end = index + token.length;
  }
  return [...pieces, text.slice(end)];
}

export function indented(body: unknown): string {
  if (typeof body !== "string") return body === undefined ? "" : JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
