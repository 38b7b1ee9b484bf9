// What Kusto's values are and how they compare: https://learn.microsoft.com/kusto/query/scalar-data-types/null-values

/** A timespan is a number of milliseconds; a list is a dynamic one; null is a null of whatever type. */
export type Value = string | number | boolean | Date | null | readonly Value[] | { readonly [name: string]: Value };
export type Row = Readonly<Record<string, Value>>;

/** Between two nulls even inequality is null. */
export function equals(left: Value, right: Value): boolean | null {
  if (left === null && right === null) return null;
  return comparable(left) === comparable(right);
}

export function compare(left: Value, right: Value, holds: (difference: number) => boolean): boolean | null {
  if (left === null || right === null) return null;
  const [a, b] = [comparable(left), comparable(right)];
  if (a === null || b === null || typeof a !== typeof b || typeof a === "boolean")
    throw new Error("These two are not compared here.");
  return holds(a < b ? -1 : a > b ? 1 : 0);
}

const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
};

export function calculate(operator: string, left: Value, right: Value, wholeNumbers: boolean): Value {
  const operation = operations[operator];
  if (operation === undefined) throw new Error(`The operator ${operator} is not interpreted.`);
  if (left === null || right === null) return null;
  if (left instanceof Date && right instanceof Date && operator === "-") return left.getTime() - right.getTime();
  if (left instanceof Date && typeof right === "number" && operator === "+") return new Date(left.getTime() + right);
  if (typeof left !== "number" || typeof right !== "number")
    throw new Error(`${operator} is not interpreted of these two.`);
  const result = operation(left, right);
  return wholeNumbers ? Math.trunc(result) : result;
}

/** Of strings, emptiness is what null is of all else. */
export function isEmpty(value: Value): boolean {
  return value === null || value === "";
}

export function toText(value: Value): string {
  if (value === null) return "";
  if (typeof value === "object" && !(value instanceof Date)) return JSON.stringify(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

export function toNumber(value: Value): number | null {
  if (isEmpty(value) || typeof value === "object") return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** What stands for a value in a group or a set: equal exactly where the values are. */
export function keyOf(value: Value): string {
  return `${typeof value}:${toText(value)}`;
}

function comparable(value: Value): string | number | boolean | null {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "object" && value !== null)
    throw new Error("A dynamic value is not compared: convert it first.");
  return value;
}
