#!/usr/bin/env node
// @ts-check
// The one command of the package: npx --no okta-8x8-telephony <command> […]. This file is plain
// JavaScript, like scripts/run.js, because an old Node must be able to run it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {Readonly<Record<string, readonly [file: string, what: string]>>} */
const commands = {
  start: ["tools/local/main.ts", "runs the app on this machine, with a sandbox in place of 8x8"],
  hook: ["tools/hook/main.ts", "sends the request that Okta's hook sends"],
  init: ["tools/init/main.ts", "writes workflows and the rest of a company's repository"],
  setup: ["scripts/setup.sh", "asks for an environment's values, and deploys it"],
  check: ["scripts/check-environment.sh", "checks an environment's values before a deployment"],
  preview: ["scripts/preview-infra.sh", "shows what a deployment would change in Azure"],
  deploy: ["scripts/deploy.sh", "checks and deploys an environment, and tests the app"],
  grants: ["scripts/grants.sh", "prints whom and what an environment trusts"],
  bootstrap: ["scripts/bootstrap.sh", "creates an environment's groups, identities and roles"],
  "deploy-infra": ["scripts/deploy-infra.sh", "deploys only the infrastructure"],
  "deploy-code": ["scripts/deploy-code.sh", "deploys only the code"],
  smoke: ["scripts/smoke.sh", "checks the deployed app without sending a message"],
  "seed-secrets": ["scripts/seed-secrets.sh", "stores a new version of a secret in the vault"],
  receipts: ["scripts/receipts.sh", "sets, shows or removes 8x8's webhooks for receipts"],
  okta: ["tools/okta/main.ts", "sets up and checks the hook in Okta"],
  accept: ["tools/accept/main.ts", "checks a deployment in its first live hour"],
  "install-bicep": ["scripts/install-bicep.sh", "installs the tested version of Bicep"],
};

/** Programs that only the scripts start. */
const parts = {
  "check-values": "tools/check-environment/main.ts",
  "check-setting": "tools/check-environment/check-setting.ts",
  "print-grants": "tools/grants/main.ts",
  preflight: "tools/preflight/main.ts",
  "write-okta": "tools/okta/write-wanted-state.ts",
};

const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
const width = Math.max(...Object.keys(commands).map((name) => name.length));
const help = `okta-8x8-telephony ${version}

Usage: npx --no okta-8x8-telephony <command> […]

${Object.entries(commands)
  .map(([name, [, what]]) => `  ${name.padEnd(width)}  ${what}`)
  .join("\n")}

To see a command's options, add --help. Run commands in the folder that contains environments/.`;

const [name = "", ...given] = process.argv.slice(2);
const file = Object.hasOwn(commands, name)
  ? commands[name]?.[0]
  : Object.entries(parts).find(([part]) => part === name)?.[1];
if (file === undefined) {
  const isAsked = ["", "--help", "-h", "help"].includes(name);
  if (isAsked) process.stdout.write(`${help}\n`);
  else process.stderr.write(`There is no such command.\n\n${help}\n`);
  process.exitCode = isAsked ? 0 : 64;
} else {
  const source = join(project, file);
  // npx also finds the package in a folder above the current one.
  const [, top = ""] = /^(.*)[\\/]node_modules[\\/]/.exec(project) ?? [];
  const isBelow = !existsSync("environments") && existsSync(join(top, "environments"));
  if (top !== "" && isBelow && !given.includes("--help") && !given.includes("-h")) {
    process.stderr.write(`This folder has no environments/. Run the command in ${top}\n`);
    process.exit(64);
  }
  // The package has compiled tools, named after their commands, because Node strips no types in
  // node_modules: https://nodejs.org/api/typescript.html#type-stripping-in-dependencies
  const program = existsSync(source) ? source : join(project, "tools", `${name}.js`);
  const build = name === "start" && program === source ? ["build"] : [];
  process.argv.splice(2, Infinity, ...build, program, ...given);
  await import("../scripts/run.js");
}
