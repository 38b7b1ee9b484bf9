import { execFileSync } from "node:child_process";
import { quote } from "../../../../tools/local/phone/quote.ts";

// End of input, escape, cursor moves, line breaks, bells and bidirectional marks. When they are
// pasted, a terminal obeys these characters even inside quotes.
const obeyed = "\u0003\u0004\u0007\b\t\n\r\u0015\u001b[2J\u007f\u009b2J\u2028\u202e\u2066";

test("quote() returns one word without control characters, which bash reads unchanged", () => {
  for (const given of [`{"a":"it's ${obeyed}$HOME \\ !! grüße 你好 👋"}`, "it's plain", ""]) {
    const quoted = quote(given);
    expect(quoted).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
    );
    expect(execFileSync("bash", ["-c", `printf %s ${quoted}`], { encoding: "utf8" })).toBe(given);
  }
});
