/** A change to one file that would do harm if no test saw it. */
export interface Mutation {
  /** Its path in the checkout. */
  readonly file: string;
  /** What is changed: "boolean", "step". */
  readonly kind: string;
  /**
   * Where in the file's text the change begins, what stands there, and what stands there instead.
   */
  readonly start: number;
  readonly before: string;
  readonly after: string;
}

/** One kind of change, wherever in a file it can be made. */
export interface Rule {
  readonly kind: string;
  /** Global. Comments never match. */
  readonly find: RegExp;
  /**
   * What to write in its place: each makes a change of its own; `$1` is a group, `$&` all of it.
   */
  readonly instead: readonly (string | ((match: string) => string))[];
}

/** A rule; nothing to write in its place cuts what was found. */
export function rule(kind: string, find: RegExp, ...instead: Rule["instead"]): Rule {
  return { kind, find, instead: instead.length === 0 ? [""] : instead };
}

/** Flips words: each key becomes its value. */
export function words(
  kind: string,
  pairs: Readonly<Record<string, string>>,
  form = (word: string) => word,
): Rule {
  const escaped = Object.keys(pairs).map((word) =>
    form(word).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  const flipped = new Map(Object.entries(pairs).map(([from, to]) => [form(from), form(to)]));
  return rule(kind, new RegExp(escaped.join("|"), "g"), (match) => flipped.get(match) ?? match);
}

export const number = rule("number", /(?<![\w'".@$#/-])\d+(?![\w'".-])/g, (digits) =>
  String(Number(digits) + 1),
);
export const boolean = words("boolean", { ": true": ": false", ": false": ": true" });

/** Every change that these rules can make to a file. */
export function mutationsOf(
  file: string,
  text: string,
  rules: readonly Rule[],
): readonly Mutation[] {
  return rules.flatMap(({ kind, find, instead }) =>
    [...text.matchAll(find)]
      .filter(({ index }) => !isComment(text, index))
      .flatMap((match) =>
        instead.map((to) => ({
          file,
          kind,
          start: match.index,
          before: match[0],
          after:
            typeof to === "string"
              ? to.replace(/\$(&|\d)/g, (_, at: string) => match[at === "&" ? 0 : Number(at)] ?? "")
              : to(match[0]),
        })),
      )
      .filter(({ before, after }) => before !== after),
  );
}

function isComment(text: string, index: number): boolean {
  const begin = text.lastIndexOf("\n", index - 1) + 1;
  const line = text.slice(begin, text.indexOf("\n", index));
  return /^\s*(\/\/|#|@description\()/.test(line) || /\s(\/\/|#)\s/.test(text.slice(begin, index));
}
