import { text } from "node:stream/consumers";
import { print } from "../local/terminal.ts";

// What came from outside, in one line: JSON has no use for others.
print((await text(process.stdin)).replaceAll("\n", ""));
