import { isAbuse, type GuardReason } from "../../src/delivery/outcome.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard } from "../../src/guard/guard.ts";
import type { CodeFacts } from "../../src/guard/guarded-code.ts";
import { createMemory } from "../../src/guard/memory.ts";
import { align } from "./columns.ts";
import type { ExportedEvent } from "./exported-events.ts";
import { percent } from "./report.ts";
import type { Answer } from "./world.ts";

interface Refused {
  readonly code: CodeFacts;
  readonly reason: GuardReason;
  /** Okta would be answered SUCCESSFUL, and nobody would send it. */
  readonly silenced: boolean;
  /** In life it was sent, and somebody used it. */
  used: boolean;
}

export interface Replayed {
  readonly answer: Answer;
  readonly codes: number;
  readonly used: number;
  readonly from: number;
  readonly until: number;
  /** Codes at whose time Okta's events were believed. */
  readonly believed: number;
  readonly refused: readonly Refused[];
}

/** What an enforcing guard would have refused. Where it would have silenced a code, nobody would have used it. */
export function replay(
  events: readonly ExportedEvent[],
  settings: GuardSettings,
  allowedCountries: readonly string[],
  answer: Answer,
): Replayed {
  const guard = createGuard(settings, createMemory(), () => undefined);
  const codes = new Map<string, { code: CodeFacts; at: number; taken: boolean; refused: Refused | undefined }>();
  const refusals: Refused[] = [];
  let [asked, used, believed] = [0, 0, 0];
  for (const event of events) {
    const { at, id } = event;
    if (event.event === "code") {
      asked += 1;
      if (guard.eventsBelieved(at)) believed += 1;
      const { code, taken } = event;
      const judged = guard.judge({ ...code, countryAllowed: allowedCountries.includes(code.country) }, at);
      if (judged.refused === undefined && !taken) judged.takeBack();
      const reason = judged.refused?.reason;
      const refused = reason && { code, reason, silenced: answer === "suppress" && isAbuse(reason), used: false };
      if (refused !== undefined) refusals.push(refused);
      codes.set(id, { code, at, taken, refused });
      continue;
    }
    const sent = codes.get(id);
    if (sent === undefined) continue;
    // Okta may report it twice.
    codes.delete(id);
    used += 1;
    if (sent.refused !== undefined) sent.refused.used = true;
    if (sent.refused?.silenced) continue;
    const counted = sent.taken && sent.refused === undefined;
    guard.used({ ...sent.code, askedAt: sent.at, counted, publishedAt: event.publishedAt }, at);
  }
  const [from = 0, until = 0] = [events[0]?.at, events.at(-1)?.at];
  return { answer, codes: asked, used, from, until, believed, refused: refusals };
}

const shown = 20;

export function describeReplay({ answer, codes, used, from, until, believed, refused }: Replayed): string {
  const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const silenced = refused.filter((one) => one.silenced);
  const people = (some: readonly Refused[]) =>
    new Set(some.filter((one) => one.used).map(({ code }) => code.userKey ?? code.phoneKey)).size;
  const share = codes === 0 ? 0 : refused.length / codes;
  return [
    `REFUSED_ANSWER=${answer}: ${codes} codes from ${time(from)} to ${time(until)} UTC, ${used} of them used.`,
    `Okta's events were believed at ${believed} of them.`,
    `Enforcing would have refused ${refused.length} (${percent(share)}), and kept ${people(refused)} people from a code of ours.`,
    `Of these nobody would have sent ${silenced.length}, and ${people(silenced)} people would have received none.`,
    "",
    group("rule", refused, ({ reason }) => reason),
    "",
    group("country", refused, ({ code }) => code.country),
    "",
    group("range", refused, ({ code }) => `${code.range}…`),
  ].join("\n");
}

function group(head: string, refused: readonly Refused[], by: (one: Refused) => string): string {
  const groups = [...Map.groupBy(refused, by)].sort(([, one], [, other]) => other.length - one.length);
  const countOf = (some: readonly Refused[], is: (one: Refused) => boolean) => String(some.filter(is).length);
  const rows = groups
    .slice(0, shown)
    .map(([name, all]) => [
      name,
      String(all.length),
      countOf(all, (one) => one.silenced),
      countOf(all, (one) => one.used),
    ]);
  return align([[head, "would be refused", "sent by nobody", "were used"], ...rows]);
}
