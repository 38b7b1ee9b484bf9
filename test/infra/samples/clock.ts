export const now = new Date("2030-01-01T12:00:00Z");
export const minuteMs = 60_000;

export function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * minuteMs);
}

export function times<T>(count: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
