export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

export function ratio(what: string, ours: number, other: number, unit: string, limit: number): Row {
  const quotient = ours / other;
  const measured = `${quotient.toFixed(2)} (${amount(ours)} to ${amount(other)} ${unit})`;
  return { what, measured, target: `at most ${limit}`, met: quotient <= limit };
}

export function times(what: string, ours: number, other: number, least: number): Row {
  const measured = `${(ours / other).toFixed(2)} (${Math.round(ours)} to ${Math.round(other)})`;
  return { what, measured, target: `at least ${least}`, met: ours / other >= least };
}

export function beyond(what: string, ours: number, other: number, limit: number): Row {
  const measured = `${(ours - other).toFixed(2)} ms (${amount(ours)} to ${amount(other)} ms)`;
  return { what, measured, target: `within ${limit} ms`, met: ours - other <= limit };
}

export function atMost(what: string, ms: number, limit: number): Row {
  return { what, measured: `${amount(ms)} ms`, target: `within ${limit} ms`, met: ms <= limit };
}

export function none(what: string, count: number): Row {
  return { what, measured: String(count), target: "none", met: count === 0 };
}

export function all(what: string, count: number, of: number): Row {
  return { what, measured: `${count} of ${of}`, target: "all", met: count === of };
}

export function megabytes(what: string, bytes: number, limit: number): Row {
  return {
    what,
    measured: `${(bytes / 1e6).toFixed(2)} MB`,
    target: `under ${limit} MB`,
    met: bytes < limit * 1e6,
  };
}

function amount(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
