import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The options of a command, whose errors say what to type.
 * @param command As people start it, such as `npm start`.
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
 * Without a `--` before it, npm takes an option for its own, and sets it as npm_config_… in the
 * environment of the script: https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables.
 * A value that follows after a blank stays an argument.
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
  throw new Error(
    `npm took ${names} for itself. Put -- before the options: ${command} -- ${meant.join(" ")}`,
  );
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

/** Throws where this is no port. 0 is any free one. */
export function assertPort(option: string, given: string): void {
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
    throw new Error(`${option} takes a number from 1 to 65535, not "${given}".`);
}
