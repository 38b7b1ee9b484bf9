import { execFileSync } from "node:child_process";
import { curlOf, quote } from "../../../../tools/local/phone/curl.ts";
import type { HookItem } from "../../../../tools/local/phone/shown-items.ts";

// End of input, escape, cursor moves, line breaks, bells and bidirectional marks. When they are
// pasted, a terminal obeys these characters even inside quotes.
const obeyed = "\u0003\u0004\u0007\b\t\n\r\u0015\u001b[2J\u007f\u009b2J\u2028\u202e\u2066";
const text = `{"a":"it's ${obeyed}$HOME \\ !! grüße 你好 👋"}`;

test("a copied command contains no control character", () => {
  const hook = {
    at: "2026-01-01T00:00:00Z",
    request: { headers: { "content-type": `application/json${obeyed}` }, body: text },
  } as unknown as HookItem;
  const curl = curlOf(hook, {
    url: "http://127.0.0.1:7071/",
    authHeader: "authorization",
    secret: () => "a",
  });
  expect(curl.endsWith("\n")).toBe(true);
  expect(curl.slice(0, -1)).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
  );
});

test.each([text, "it's plain", obeyed, ""])("bash reads a quoted value unchanged: %j", (given) => {
  const read = execFileSync("bash", ["-c", `printf %s ${quote(given)}`], { encoding: "utf8" });
  expect(read).toBe(given);
});

test("quote() puts a value without control characters in single quotes, which every shell reads", () => {
  expect(quote("it's $HOME")).toBe(`'it'\\''s $HOME'`);
});
