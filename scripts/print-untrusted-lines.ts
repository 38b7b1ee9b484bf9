import { createInterface } from "node:readline";
import { print } from "../tools/terminal.ts";

// Prints each line as soon as it arrives, without characters that a terminal or a log would obey.
for await (const line of createInterface({ input: process.stdin })) print(line);
