import { boolean, number, rule, words } from "./mutation.ts";

// A step from its dash to the next one's.
const step = /^( +)- (?:run|uses|if|id|script|task|checkout|download)\b.*\n(?:\1 +.*\n)*/gm;
const swallow = 'defaults: { run: { shell: "bash {0} || true" } }';

/** For every YAML file of a pipeline. */
const anyRules = [
  boolean,
  number,
  rule("line", /^ +[\w-]+: [^|>\n{[][^\n]*\n/gm),
  rule("element", /(?<=\[)[\w.-]+, |, [\w.-]+(?=[\],])/g),
  words("trigger", { "[main]": "['**']" }),
  rule("step", step),
  rule("command", /^ {10,}(?:scripts\/|set |echo |npm |for |vaults)[^\n]*\n/gm),
  rule(
    "failure",
    /^ +(?:- )?(?:run|script): [^|>\n].*$|^ {10,}(?:scripts\/|npm ).*$/gm,
    "$& || true",
  ),
  rule("conjunct", / && [^&\n]+?(?= &&|$)|, (?:eq|ne)\([^)\n]*\)(?=[,)])/gm),
];

/** For workflows of GitHub. */
export const workflowRules = [
  ...anyRules,
  rule("failure", /^( +)- (run|uses): /gm, "$1- continue-on-error: true\n$1  $2: "),
  rule("failure", /^( +)timeout-minutes: .*$/gm, "$&\n$1continue-on-error: true"),
  rule("condition", /^( +(?:- )?)if: .*$/gm, "$1if: always()", "$1if: true"),
  rule("permission", /^( +)permissions:$/gm, "$&\n$1  actions: write"),
  words("permission", { ": read": ": write", "permissions: {}": "permissions: write-all" }),
  rule(
    "trigger",
    /^on:$/gm,
    "$&\n  pull_request_target:",
    "$&\n  workflow_run: { workflows: [pipeline] }",
  ),
  rule("shell", /^jobs:$/gm, `${swallow}\n\n$&`),
  rule("shell", /^( +)steps:$/gm, `$1${swallow}\n$&`),
  rule("environment", /^jobs:$/gm, 'env: { SMOKE_CHECKS: "0" }\n\n$&'),
  rule(
    "environment",
    /^( +)env:$/gm,
    '$&\n$1  SMOKE_CHECKS: "0"',
    "$&\n$1  NODE_OPTIONS: --require ./x.cjs",
  ),
];

/** For Azure Pipelines. */
export const azurePipelinesRules = [
  ...anyRules,
  rule("failure", /^( +)(timeoutInMinutes: .*|displayName: .*)$/gm, "$&\n$1continueOnError: true"),
  rule("condition", /^( +)condition: .*$/gm, "$1condition: always()"),
  rule("environment", /^( +)env:$/gm, '$&\n$1  SMOKE_CHECKS: "0"'),
];

/** For Dependabot. */
export const dependabotRules = anyRules;
