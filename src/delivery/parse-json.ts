/**
 * Undefined where it is not JSON. The parser's own error quotes its input, so it goes no further. A byte-order mark is ignored:
 * https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
