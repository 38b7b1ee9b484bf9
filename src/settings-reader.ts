export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that is wrong: its name, and what to do. Never its value, which may be a secret. */
export interface Problem {
  readonly name: string;
  readonly problem: string;
}

/** Thrown by the parser of a setting, with a message for the operator. */
export class WrongSetting extends Error {}

/**
 * Reads settings one by one and collects what is wrong, so that an operator sees all of it at once. A wrong setting
 * reads as its default: the result is used only where there are no problems.
 */
export function createSettingsReader<Name extends string>(env: Environment) {
  const problems: Problem[] = [];

  // Azure keeps a setting whose value was cleared.
  const value = (name: Name): string => env[name]?.trim() ?? "";
  const problem = (name: Name, what: string): void => {
    problems.push({ name, problem: what });
  };

  function text(name: Name, options: { default?: string; required?: boolean; matches?: RegExp } = {}): string {
    const text = value(name) || (options.default ?? "");
    if (text === "" && options.required === true) problem(name, "is missing");
    else if (text !== "" && options.matches?.test(text) === false) problem(name, "is not of the form it should have");
    return text;
  }

  function parsed<T>(name: Name, otherwise: string, parse: (text: string) => T): T {
    try {
      return parse(value(name) || otherwise);
    } catch (error) {
      problem(name, error instanceof WrongSetting ? error.message : "cannot be read");
      return parse(otherwise);
    }
  }

  return {
    problems: problems as readonly Problem[],
    problem,
    text,
    parsed,
    has: (name: Name): boolean => value(name) !== "",
    optional: (name: Name, matches: RegExp): string | undefined => text(name, { matches }) || undefined,

    /** The first choice is the default. */
    choice<const Choice extends string>(name: Name, choices: readonly [Choice, ...Choice[]]): Choice {
      const chosen = choices.find((choice) => choice === (value(name) || choices[0]).toLowerCase());
      if (chosen === undefined) problem(name, `is not one of: ${choices.join(", ")}`);
      return chosen ?? choices[0];
    },

    integer(name: Name, { default: otherwise, from, to }: { default: number; from: number; to: number }): number {
      const text = value(name) || String(otherwise);
      const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
      if (Number.isNaN(number) || number < from || number > to)
        problem(name, `is not a whole number from ${from} to ${to}`);
      return number;
    },

    /** An origin: https, or plain http on a loopback host. Without a default it is required. */
    origin(name: Name, otherwise = ""): string {
      const text = value(name) || otherwise;
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (text === "") problem(name, "is missing");
      else if (url === undefined || url.href !== `${url.origin}/`) problem(name, "is not a URL without a path");
      else if (url.protocol !== "https:" && !isLoopback(url)) problem(name, "is not an https URL");
      return url?.origin ?? "";
    },
  };
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
