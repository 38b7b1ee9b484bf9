import type { Mutation } from "./mutation.ts";

// A change that changes nothing: the file (or its ending), a part of what is changed with its line,
// and why no test could see it.
const equivalent: readonly (readonly [file: string, part: string, because: string])[] = [
  [".bicep", "displayName: '", "A title that people read: any other would do."],
  [
    "build-version.sh",
    "require version",
    "An empty version is no commit of the branch either: the next line refuses it.",
  ],
];

/** Whether the list says that nothing would be otherwise. */
export function unchanged({ file, start, before }: Mutation, text: string): boolean {
  const line = text.slice(
    text.lastIndexOf("\n", start - 1) + 1,
    text.indexOf("\n", start + before.length - 1),
  );
  return equivalent.some(([name, part]) => file.endsWith(name) && line.includes(part));
}
