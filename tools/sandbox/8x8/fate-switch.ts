import { isRecord, parseJson, type Answer } from "./api.ts";
import { knownFates, type Fate } from "./receipts.ts";

export interface FateSwitch {
  readonly set: (fate: Fate) => void;
  readonly current: () => Fate;
  /** Answers a request by curl, with a body such as `{"receipt":"undelivered","errorCode":1}`. */
  readonly control: (body: string) => Answer;
}

const options: Readonly<Record<string, string>> = {
  errorCode: "number",
  source: "string",
  delayMs: "number",
};

export function createFateSwitch(): FateSwitch {
  let fate: Fate = { receipt: "delivered" };
  return {
    set(wish) {
      fate = wish;
    },
    current: () => fate,
    control(body) {
      const wish = parseFate(parseJson(body));
      if (wish === undefined)
        return {
          status: 400,
          body: { error: "There is no such receipt. Use one of `known`.", known: knownFates },
        };
      fate = wish;
      return { status: 200, body: wish };
    },
  };
}

function parseFate(json: unknown): Fate | undefined {
  if (!isRecord(json)) return undefined;
  const { receipt, ...given } = json;
  const known = knownFates.find((name) => name === receipt);
  const good = Object.entries(given).every(([name, value]) => options[name] === typeof value);
  return known !== undefined && good ? { ...given, receipt: known } : undefined;
}
