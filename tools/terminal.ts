// Commands print text from outside, such as Okta's and 8x8's answers. A terminal executes control
// characters in such text. GitHub Actions and Azure Pipelines execute some lines of a command's
// output as commands of the pipeline:
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands

// Control characters except tab and line feed, and characters that change the writing direction.
const controls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Removes control characters, and breaks up text that a pipeline would execute as a command. */
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

/** Prints whole lines, because a chunk of the output can end in the middle of a command. */
export function createLinePrinter(onLine = print): (chunk: string) => void {
  let unfinished = "";
  return (chunk) => {
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
