import { create } from "./dom.ts";

/** JSON with a line for each field, whether it came as text or parsed; other text as it is. */
export function indented(body: unknown): string {
  if (typeof body !== "string") return body === undefined ? "" : JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Text with the names of its JSON's fields apart from their values. */
export function withNames(text: string): (string | HTMLElement)[] {
  return text
    .split(/("(?:[^"\\]|\\.)*")(?=: )/)
    .map((piece, place) => (place % 2 ? create("span", piece, "name") : piece));
}
