import { createInterface } from "node:readline";
import { print } from "../tools/terminal.ts";

// What came from outside, each line once it is there.
for await (const line of createInterface({ input: process.stdin })) print(line);
