import type { GuardReason } from "../../../src/rules/reasons.ts";
import { createGuard } from "../../../src/guard/guard.ts";
import { createGuardSettings } from "../../../src/settings/config.ts";
import type { ExportedCode } from "./exported-codes.ts";
import { readSettings, type Given } from "./settings.ts";
import type { Suggestion } from "./suggest.ts";

export interface Refusal {
  readonly code: ExportedCode;
  readonly reason: GuardReason;
}

/**
 * Returns the codes that an enforcing guard would have refused. Settings in the environment replace
 * the suggested ones. Throws if a setting is invalid, and names it.
 */
export function judgeAgain(
  codes: readonly ExportedCode[],
  { countries, knownRanges }: Suggestion,
  env: Given,
): Refusal[] {
  const set = readSettings(env);
  const settings = createGuardSettings(set);
  const guard = createGuard(
    {
      ...settings,
      countryLimits: settings.countryLimits.size > 0 ? settings.countryLimits : countries,
    },
    () => codes.some(({ used }) => used !== undefined),
  );
  const known = (set.GUARD_KNOWN_RANGES ?? knownRanges).toSorted(
    (one, other) => other.length - one.length,
  );
  const exempt = set.GUARD_EXEMPT_RANGES ?? [];
  const refusals = new Map<ExportedCode, GuardReason>();

  const factsOf = (code: ExportedCode) => ({
    ...code,
    knownRange: known.find((beginning) => code.range.startsWith(beginning)),
    exempt: exempt.some(({ range, untilMs }) => code.at < untilMs && code.range.startsWith(range)),
    allowed:
      set.PHONE_POLICY_ALLOWED_COUNTRIES?.some((country) => country === code.country) ?? false,
  });

  function judge(code: ExportedCode): void {
    const { refused, subtract } = guard.judge(factsOf(code), code.at);
    if (refused?.enforced) refusals.set(code, refused.reason);
    else if (!code.taken) subtract?.();
  }

  function use(code: ExportedCode, { at, publishedAt }: NonNullable<ExportedCode["used"]>): void {
    const { exempt: isExempt, userKey, ...facts } = factsOf(code);
    if (isExempt || userKey === undefined) return;
    guard.used({ ...facts, userKey, counted: code.taken && !refusals.has(code), publishedAt }, at);
  }

  codes
    .flatMap((code) => {
      const { used } = code;
      const asked = {
        at: code.at,
        run: () => {
          judge(code);
        },
      };
      return used === undefined
        ? [asked]
        : [
            asked,
            {
              at: used.at,
              run: () => {
                use(code, used);
              },
            },
          ];
    })
    .sort((one, other) => one.at - other.at)
    .forEach(({ run }) => {
      run();
    });
  return [...refusals].map(([code, reason]) => ({ code, reason }));
}
