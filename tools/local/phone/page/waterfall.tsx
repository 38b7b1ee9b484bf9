import type { HookItem } from "../shown-items.ts";
import { msOf } from "./words.ts";

/** Okta's timeout in ms: https://developer.okta.com/docs/concepts/inline-hooks/ */
const oktaWaitsMs = 3_000;

const steps = [
  ["authenticateMs", "Is it Okta?"],
  ["parseMs", "Read the request"],
  ["decideMs", "Decide"],
  ["sendMs", "Send"],
] as const;

interface Bar {
  readonly name: string;
  readonly fromMs: number;
  readonly ms: number;
}

/** Returns a bar for each step of a request, within the time that the caller waited. */
function barsOf({ event = {}, answer }: HookItem): Bar[] {
  let fromMs = 0;
  const bars: Bar[] = [];
  for (const [property, name] of steps) {
    const ms = Number(event[property] ?? NaN);
    if (Number.isNaN(ms)) continue;
    bars.push({ name, fromMs, ms });
    fromMs += ms;
  }
  const rest = (answer?.ms ?? 0) - fromMs;
  return bars.length > 0 && rest > 0 ? [...bars, { name: "The rest", fromMs, ms: rest }] : bars;
}

export function Waterfall({ hook }: { readonly hook: HookItem }) {
  const bars = barsOf(hook);
  const total = hook.answer?.ms ?? 0;
  if (bars.length === 0 || total === 0) return null;
  const share = Math.max(1, Math.round((total / oktaWaitsMs) * 100));
  return (
    <div>
      <h3>
        {msOf(total)}, {share} % of the 3 s that Okta waits
      </h3>
      <dl class="waterfall">
        {bars.map(({ name, fromMs, ms }) => (
          <div class="step" key={name}>
            <dt>{name}</dt>
            <dd>
              <span class="track" aria-hidden="true">
                <span
                  class="beam"
                  style={{
                    insetInlineStart: `${Math.min(99, (fromMs / total) * 100)}%`,
                    inlineSize: `${Math.min(100, (ms / total) * 100)}%`,
                  }}
                />
              </span>
              <span class="ms">{msOf(ms)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
