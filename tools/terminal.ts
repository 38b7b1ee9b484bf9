// What commands print may come from outside: an answer of Okta's or of 8x8's, a message's text. A
// terminal obeys control characters, and pipelines obey lines:
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands

// Controls but tab and line feed, and those that turn the direction of writing.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text without control characters, and without what a pipeline would take for a command,
 * wherever in a line that stands.
 */
export function printable(text: string): string {
  return text
    .replace(controls, "")
    .replace(/##(?=\w*\[)/g, "# #")
    .replace(/^(\s*):(?=:)/gm, "$1: ");
}

export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Prints what another process wrote, line by line: a chunk may end in the middle of one. */
export function createLinePrinter(): (chunk: string) => void {
  let unfinished = "";
  return (chunk) => {
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) print(line);
  };
}
