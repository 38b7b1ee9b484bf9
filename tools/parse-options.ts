import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * @param command What people type to start the command.
 * @throws Error that says what to type.
 */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
  env: Env = process.env,
) {
  refuseSwallowed(command, args, options, env);
  try {
    return parseArgs<{ args: string[]; options: Options }>({ args: [...args], options }).values;
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  }
}

/**
 * Throws if npm consumed one of our options, because `--` was missing. For each option that npm
 * consumes, npm sets a variable npm_config_… for the script:
 * https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables. If a space precedes the
 * option's value, npm passes the value on as an argument.
 */
function refuseSwallowed(
  command: string,
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  env: Env,
): void {
  const swallowed = Object.keys(options).filter((name) => env[variableOf(name)] !== undefined);
  if (swallowed.length === 0) return;
  const values = args.filter((arg) => !arg.startsWith("-"));
  const meant = swallowed.map((name) => {
    const value = env[variableOf(name)];
    if (options[name]?.type === "boolean") return `--${name}`;
    return `--${name} ${value === "true" ? (swallowed.length === 1 && values[0]) || "…" : value}`;
  });
  const names = swallowed.map((name) => `--${name}`).join(" and ");
  throw new Error(`npm read ${names} as its own options. Run: ${command} ${meant.join(" ")}`);
}

const variableOf = (option: string): string => `npm_config_${option.replaceAll("-", "_")}`;

function sentenceOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, named = ""] = /'([^' ]*)/.exec(message) ?? [];
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return `There is no option ${named}.`;
  if (code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL")
    return `"${named}" is not an option. Options begin with --.`;
  return message.includes("does not take") ? `${named} takes no value.` : `${named} needs a value.`;
}

/** Throws if the text is not a port. The port 0 means any free port. */
export function assertPort(option: string, given: string): void {
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
    throw new Error(`${option} takes a number from 0 (a free port) to 65535, not "${given}".`);
}
