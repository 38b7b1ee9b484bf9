import type { HookItem } from "../protocol.ts";
import { msOf } from "./words.ts";

/** Okta's timeout in ms: https://developer.okta.com/docs/concepts/inline-hooks/ */
const oktaWaitsMs = 3_000;

const steps = [
  ["authenticateMs", "Is it Okta?"],
  ["parseMs", "Read the request"],
  ["decideMs", "Decide"],
  ["sendMs", "Send"],
  ["rest", "The rest"],
] as const;

export function Waterfall({ hook: { event = {}, answer } }: { readonly hook: HookItem }) {
  if (answer === undefined || event["authenticateMs"] === undefined) return null;
  const total = answer.ms;
  let fromMs = 0;
  const bars = steps.map(([property, name]) => {
    const ms = property === "rest" ? Math.max(0, total - fromMs) : Number(event[property] ?? 0);
    fromMs += ms;
    return { name, startMs: fromMs - ms, ms };
  });
  return (
    <div>
      <h3>
        {msOf(total)}, {Math.ceil((total / oktaWaitsMs) * 100)} % of the 3 s that Okta waits
      </h3>
      <dl class="waterfall">
        {bars.map(({ name, startMs, ms }) => (
          <div class="step" key={name}>
            <dt>{name}</dt>
            <dd class="track">
              <div
                class="beam"
                style={{
                  marginInlineStart: `${Math.min(99, (startMs / total) * 100)}%`,
                  inlineSize: `${Math.min(100, (ms / total) * 100)}%`,
                }}
              />
            </dd>
            <dd class="ms">{msOf(ms)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
