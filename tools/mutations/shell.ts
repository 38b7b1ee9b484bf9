import { number, rule, words } from "./mutation.ts";

// A line that stands alone: it is not continued, and continues none.
const command =
  /(?<!\\\n) *(?=[a-z[(])(?!(?:fi|done|esac|else|then|do|if|for|while|case|local|function)\b)[^\n]*[^\\\n{(;&|]/;

/** For bash. */
export const shellRules = [
  number,
  rule("command", new RegExp(`^${command.source}$\\n`, "gm"), (it) => it.replace(/\S.*/, ":")),
  // What ends the script itself does so whatever follows.
  rule(
    "failure",
    /^ *(?:\w+=\$\()?(?:retry\w*|az|gh|npm|curl|git|cp|openssl|jq|scripts\/\S+)\b(?!.*\|\|)[^\n]*[^\\\n{(;&|]$/gm,
    "$& || true",
  ),
  rule("option", / --[\w-]+(?: (?:"[^"\n]*"|[^\s\\"|&;)-][^\s\\|&;)]*))?/g),
  words("test", {
    " == ": " != ",
    " != ": " == ",
    "[[ -n ": "[[ -z ",
    "[[ -z ": "[[ -n ",
    "[[ ! ": "[[ ",
  }),
  words("logic", { " && ": " || ", " || ": " && " }),
  rule("default", /:-\w+/g, ":-1"),
  rule("element", /(?<=\bfor \w+ in )[\w-]+ /g),
  words("word", { "what-if": "create", "retry_refused ": "retry ", "umask 077": "umask 000" }),
  words("exit", { "exit 1": "exit 0", "return 1": "return 0", "set -euo pipefail": "set +e" }),
];
