import { createLinePrinter, printable } from "../../tools/terminal.ts";

test.each([
  ["terminal escape sequences", "\u001b[2J\u001b]0;title\u0007code\u009b1m", "[2J]0;titlecode1m"],
  ["carriage returns, which would overwrite a line", "accepted\rrefused", "acceptedrefused"],
  [
    "characters that change the writing direction",
    "a\u202eb\u2066c\u200ed\u200fe\u061cf",
    "abcdef",
  ],
  [
    "Azure Pipelines' commands within a line",
    "a ##vso[task.setvariable variable=x]y",
    "a # #vso[task.setvariable variable=x]y",
  ],
  ["GitHub's commands in the older format", "##[error]no", "# #[error]no"],
  [
    "GitHub's commands at the start of a line",
    "one\n  ::set-output name=x::y",
    "one\n  : :set-output name=x::y",
  ],
  [
    "commands with control characters before or in them",
    "\u0007::add-mask::x\n#\u0000#vso[x]",
    ": :add-mask::x\n# #vso[x]",
  ],
])("printable() makes %s harmless", (_, text, printed) => {
  expect(printable(text)).toBe(printed);
});

test("printable() returns text without commands unchanged", () => {
  const ours =
    "╭─ SMS to +1202•••0123 ─╮\n│\tYour code is 123456 :: ## │\n→ accepted · ::1 · 31 ms";
  expect(printable(ours)).toBe(ours);
});

test("createLinePrinter() finds a command that comes in two chunks, and prints only complete lines", () => {
  const written: string[] = [];
  const write = jest
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  const printer = createLinePrinter();
  for (const chunk of ["one\n:", ":add-mask::x", "\nthree"]) printer(chunk);
  write.mockRestore();
  expect(written).toEqual(["one\n", ": :add-mask::x\n"]);
});
