import { computed, signal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Bubble } from "./bubble.tsx";
import { route } from "./route.ts";
import { messages } from "./store.ts";
import { spokenNews } from "./words.ts";

/** The newest messages that the phone shows. */
const shownMessages = 300;
/** Number of recent phone numbers that the field suggests. */
const offeredNumbers = 20;

const number = signal("");
const chosen = computed(() => route.value.message);
const digits = computed(() => number.value.replace(/[^\d+]/g, ""));
const shown = computed(() =>
  messages.items.value.filter(({ to }) => to.includes(digits.value)).slice(-shownMessages),
);
const recentNumbers = computed(() => {
  const newest = messages.items.value.slice(-200).toReversed();
  return [...new Set(newest.map(({ to }) => to))].slice(0, offeredNumbers);
});

export function Phone() {
  const bubbles = useRef<HTMLDivElement>(null);

  // The newest message is at the bottom.
  useSignalEffect(() => {
    if (shown.value.length === 0) return;
    requestAnimationFrame(() => {
      const message = document.getElementById(`message-${chosen.value}`);
      if (message !== null) message.scrollIntoView({ block: "nearest" });
      else bubbles.current?.scrollTo({ top: bubbles.current.scrollHeight });
    });
  });
  // A link to a message shows all numbers again, or its message may be hidden.
  useSignalEffect(() => {
    if (chosen.value !== undefined) number.value = "";
  });

  return (
    <section class="phone" aria-labelledby="phone-title">
      <h2 id="phone-title" class="unseen">
        Phone
      </h2>
      <div class="device">
        <div class="screen">
          <label class="contact">
            <span class="unseen">Number</span>
            <input
              type="search"
              placeholder="All numbers"
              list="numbers"
              autocomplete="off"
              spellcheck={false}
              value={number}
              onInput={({ currentTarget }) => (number.value = currentTarget.value)}
            />
          </label>
          <datalist id="numbers">
            {recentNumbers.value.map((to) => (
              <option key={to}>{to}</option>
            ))}
          </datalist>
          <div class="bubbles" ref={bubbles} tabIndex={0} role="region" aria-label="Messages">
            <ol>
              {shown.value.map((message) => (
                <Bubble
                  key={message.n}
                  message={message}
                  chosen={message.n === chosen.value}
                  onNumber={(to) => (number.value = number.value === to ? "" : to)}
                />
              ))}
            </ol>
            {shown.value.length === 0 && <Empty />}
          </div>
          <div class="home" aria-hidden="true" />
        </div>
      </div>
      <News />
    </section>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p>
        <strong>No message yet</strong>
      </p>
      <p>
        {digits.value === ""
          ? "Every SMS and call that 8x8 would deliver appears here."
          : `No message went to a number with ${digits.value}.`}
      </p>
    </div>
  );
}

/** Announces new messages to screen readers, but not those from before the page was opened. */
function News() {
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef(new Date().toISOString());
  const last = messages.items.value.at(-1);
  useEffect(() => {
    if (place.current !== null && last !== undefined && last.at > opened.current)
      place.current.textContent = spokenNews(last);
  }, [last?.n]);
  return <div class="unseen" aria-live="polite" ref={place} />;
}
