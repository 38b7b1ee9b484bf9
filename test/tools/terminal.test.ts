import { createLinePrinter, printable } from "../../tools/terminal.ts";

test.each([
  [
    "a terminal's escape sequences",
    "\u001b[2J\u001b]0;title\u0007code\u009b1m",
    "[2J]0;titlecode1m",
  ],
  ["carriage returns, which write over a line", "accepted\rrefused", "acceptedrefused"],
  ["characters that turn the direction of writing", "a\u202eb\u2066c", "abc"],
  [
    "Azure Pipelines' commands, wherever they stand",
    "a ##vso[task.setvariable variable=x]y",
    "a # #vso[task.setvariable variable=x]y",
  ],
  ["GitHub's commands of the first form", "##[error]no", "# #[error]no"],
  [
    "GitHub's commands at a line's beginning",
    "one\n  ::set-output name=x::y",
    "one\n  : :set-output name=x::y",
  ],
  [
    "a command behind a control character",
    "\u0007::add-mask::x\n#\u0000#vso[x]",
    ": :add-mask::x\n# #vso[x]",
  ],
])("what is printed is free of %s", (_, text, printed) => {
  expect(printable(text)).toBe(printed);
});

test("what is ours is printed as it is", () => {
  const ours =
    "╭─ SMS to +1202•••0123 ─╮\n│\tYour code is 123456 :: ## │\n→ accepted · ::1 · 31 ms";
  expect(printable(ours)).toBe(ours);
});

test("a command that comes in two chunks is seen", () => {
  const written: string[] = [];
  const write = jest
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  const printer = createLinePrinter();
  for (const chunk of ["one\n:", ":add-mask::x", "\nthree"]) printer(chunk);
  write.mockRestore();
  expect(written).toEqual(["one\n", ": :add-mask::x\n"]);
});
