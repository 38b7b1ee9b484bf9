import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { FaultBanner } from "./faults.tsx";
import { go, route } from "./route.ts";
import { connection } from "./stream.ts";
import { toast } from "./toast.ts";
import { timeOf } from "./words.ts";

const links = [
  ["phone", "Phone"],
  ["traffic", "Traffic"],
  ["send", "Send"],
  ["faults", "Faults"],
  ["settings", "Settings"],
] as const;

const live = {
  connecting: { tone: "warn", says: "Connecting…" },
  lost: { tone: "warn", says: "Stopped" },
  live: { tone: "good", says: "Live" },
  restarted: { tone: "good", says: "Live" },
} as const;

export function Bar() {
  const { tone, says } = live[connection.value];
  return (
    <header class="bar">
      {/* The link does not follow its address, because the hash selects the view. */}
      <a
        class="skip unseen"
        href="#traffic"
        onClick={(event) => {
          event.preventDefault();
          if (route.value.view === "phone") go("#traffic");
          document.getElementById("parts")?.focus();
        }}
      >
        Skip the phone
      </a>
      <h1>
        <img src="/icon.svg" alt="" width="22" height="22" />
        The phone on the desk
      </h1>
      <nav aria-label="Parts of this page">
        {links.map(([view, name]) => (
          <a
            key={view}
            href={`#${view}`}
            class={view === "phone" ? "narrow-only" : undefined}
            aria-current={view === route.value.view ? "page" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <FaultBanner />
      <div class={toast.value === "" ? "toast" : "toast shown"} role="status">
        {toast}
      </div>
      <span class="live says" role="status" data-tone={tone}>
        {says}
      </span>
    </header>
  );
}

const lostAt = signal("");
const isClosed = signal(false);

/** Says that the sandbox has stopped, and then that it has restarted. */
export function Notice() {
  const state = connection.value;
  useEffect(() => {
    isClosed.value = false;
    if (state === "lost") lostAt.value = timeOf(new Date().toISOString());
  }, [state]);
  if (state === "lost")
    return (
      <div class="notice" role="status">
        <p>
          <strong>npm start has stopped.</strong> Run npm start again in the project's folder. The
          page then continues by itself. Until then, it shows the state before {lostAt}.
        </p>
      </div>
    );
  if (state !== "restarted" || isClosed.value) return null;
  return (
    <div class="notice restarted" role="status">
      <p>
        <strong>npm start runs again.</strong> The list is new. The earlier requests are deleted.
      </p>
      <button type="button" onClick={() => (isClosed.value = true)}>
        Close
      </button>
    </div>
  );
}
