import { boolean, number, rule, words } from "./mutation.ts";

const opposites = {
  Allow: "Deny",
  Deny: "Allow",
  Enabled: "Disabled",
  Disabled: "Enabled",
  Inbound: "Outbound",
  Outbound: "Inbound",
  GreaterThan: "LessThan",
  LessThan: "GreaterThan",
  Prevention: "Detection",
  Block: "Log",
  refused: "allowed",
  HttpsOnly: "MatchRequest",
  Https: "Http",
  TLS12: "TLS10",
  Static: "Dynamic",
  Tcp: "*",
  Udp: "*",
  Dedicated: "AzureDiagnostics",
  VirtualNetwork: "*",
  ServicePrincipal: "User",
  private: "public",
  suppress: "failed",
  Recreate: "RollingUpdate",
};
const widened = (action: string) => action.replace(/[^/']+(?='\s*$)/, "*");
const owner = "'8e3af657-a8ff-443c-a75c-2fe8c4bcb635'";

/** For templates and their parameters. */
export const bicepRules = [
  boolean,
  words("boolean", { "= true": "= false", "= false": "= true" }),
  number,
  words("word", opposites, (word) => `'${word}'`),
  rule("duration", /'P(?:T?\d+[DHM])+'/g, (it) => (it === "'PT6H'" ? "'PT1H'" : "'PT6H'")),
  rule("dependsOn", /^ *dependsOn: \[.*\]\n/gm),
  rule("dependsOn", /(?<=dependsOn: \[[^\]\n]*)\w+, |, \w+(?=\])/g),
  rule("dependsOn", /^ +\w+\n(?=(?: +\w+\n)* *\]\n\})/gm),
  rule("bound", /^@(?:minLength|maxLength|minValue|maxValue|sealed)\(.*\)\n/gm),
  rule("bound", /^@(?:minLength|maxLength|minValue|maxValue)\((-?\d+)\)$/gm, (it) =>
    it.replace(/\d+/, (n) => `${Number(n) + 1}`),
  ),
  rule("condition", / = if \((.*)\) \{$/gm, " = {", " = if (!($1)) {"),
  rule("choice", / \? ([^?:\n]+) : ([^?:\n,)}]+)/g, " ? $2 : $1"),
  rule("choice", /^( +)\? (.+)\n\1: (.+)$/gm, "$1? $3\n$1: $2"),
  rule("conjunct", / (?:&&|\|\|) [^&|()\n]+(?=\)? |$)/gm),
  rule("output", /^(output \w+ string = ).*$/gm, "$1''", "$1'/'"),
  rule("path", /'(?:https:\/\/[^'\n]*)?\/[\w/*-]+'/g, "'/'", "''"),
  rule("permission", /^ +'[\w.]+\/[\w./*]+'\n/gm, "", widened),
  rule("role", /'[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}'/g, owner),
  rule("permission", /'[\w.]+\/[\w./*]+'(?=[\],])/g, widened),
  rule("scope", /^ +scope: .*\n/gm),
  rule("property", /^ +\w+: [^{[(\n]+\n/gm),
  rule("property", /(?<=[{,] )\w+: [^{}[\],\n]+(?:, |(?= \}))/g),
  rule("property", /^ +\w+: \{ id: .*\n/gm),
  rule("loop", / in ([^:\n]+):(?=.*[[{]$)/gm, " in take($1, 0):"),
  rule("default", / \?\? (?!'')('[^'\n]*'|\w+)/g, " ?? ''"),
  rule("list", /: \[\]/g, ": ['*']"),
  rule("list", /(?<=: )\[[\w.()!]+\](?=$| \})/gm, "[]"),
  rule("element", /^ +(?:'[^'/\n]*'|\{ .* \})\n/gm),
  rule("parameter", /^param \w+ = .*[^{[]\n/gm),
];

/** For bicepconfig.json. */
export const linterRules = [
  words("rule", { '"level": "error"': '"level": "off"', '"enabled": true': '"enabled": false' }),
];

/** For queries. */
export const queryRules = [
  number,
  rule("filter", /^ *\| where .*\n/gm),
  words("comparison", {
    " == ": " != ",
    " != ": " == ",
    " > ": " >= ",
    " >= ": " > ",
    " < ": " <= ",
    " <= ": " < ",
    " !in ": " in ",
    " in (": " !in (",
  }),
  rule("group", / by [\w, ]+$/gm),
  words("logic", {
    " - ": " + ",
    " / ": " * ",
    " and ": " or ",
    " or ": " and ",
    "not(": "(",
    isnotempty: "isempty",
    isempty: "isnotempty",
  }),
  words("measure", {
    "dcountif(": "countif(",
    "dcount(": "count(",
    "countif(": "count(",
    "min(": "max(",
    "max(": "min(",
    "sum(": "max(",
  }),
];
