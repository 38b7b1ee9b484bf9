export const plain = (reason: string): string => reason.replaceAll("-", " ");

export const capitalized = (words: string): string =>
  words.charAt(0).toUpperCase() + words.slice(1);

export const plural = (count: number, one: string): string =>
  `${count} ${count === 1 ? one : `${one}s`}`;

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
export const timeOf = (at: string): string => clock.format(new Date(at));

export function msOf(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

/** Returns the language of a BCP 47 tag in English, such as `German`. */
export const languageName = (tag: string): string =>
  languageNames.of(tag.split("-", 1)[0] ?? tag) ?? tag;

export const providerNames = { "8x8": "8x8", "second-hook": "the second hook" } as const;
