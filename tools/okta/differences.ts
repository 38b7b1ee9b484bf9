export interface Difference {
  readonly part: string;
  readonly from: string;
  readonly to: string;
}

type Compared = readonly [part: string, from: string | null | undefined, to: string];

export function differencesOf(...all: readonly Compared[]): Difference[] {
  return all
    .filter(([, from, to]) => (from ?? "none") !== to)
    .map(([part, from, to]) => ({ part, from: from ?? "none", to }));
}

export function describeDifference({ part, from, to }: Difference): string {
  return `${part}: ${withoutSecrets(from)} → ${withoutSecrets(to)}`;
}

/** Hides a URL's query, which can hold a key, and the part before @, which can hold a password. */
export function withoutSecrets(value: string): string {
  if (!/^[a-z]+:\/\//i.test(value)) return value;
  return value.replace(/[?#].*$/s, "?…").replace(/^([^/]*\/\/)[^/\\]*@/, "$1…@");
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? withoutSecrets(url);
}
