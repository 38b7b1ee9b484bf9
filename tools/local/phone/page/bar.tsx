import { FaultBanner } from "./faults.tsx";
import { route, views } from "./route.ts";
import { app, connection } from "./store.ts";
import { toast } from "./toast.ts";
import { plural } from "./words.ts";

const live = {
  connecting: { tone: "warn", says: "Connecting…" },
  lost: { tone: "warn", says: "The app has stopped. Start it again in the same folder." },
  live: { tone: "good", says: "Live" },
} as const;

function Warnings() {
  const count = app.value?.warnings.length ?? 0;
  return count === 0 ? null : (
    <a class="warnings" href="#settings">
      {plural(count, "warning")}
    </a>
  );
}

export function Bar() {
  const { tone, says } = live[connection.value];
  return (
    <header class="bar">
      <h1>
        <img src="/icon.svg" alt="" width="22" height="22" />
        The phone on the desk
      </h1>
      <nav aria-label="Parts of this page">
        {Object.entries(views).map(([view, name]) => (
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
      <Warnings />
      <div class="toast" role="status">
        {toast}
      </div>
      <span class="live says" role="status" data-tone={tone}>
        {says}
      </span>
    </header>
  );
}
