import { onClick, part, write } from "./dom.ts";
import type { Connection } from "./stream.ts";
import { timeOf } from "./words.ts";

/**
 * Shows a notice when the sandbox stops, and another notice when it has restarted. In between, the
 * items stay and are marked as old.
 */
export function createConnectionState(): (state: Connection) => void {
  let lostAt = "";
  const notice = part(document, "notice");
  onClick(document, "notice-close", () => (notice.hidden = true));

  function say(title: string, text: string): void {
    notice.hidden = false;
    write(notice, "notice-title", title);
    write(notice, "notice-text", text);
  }

  return (state) => {
    const isLost = state === "lost";
    document.body.classList.toggle("old", isLost);
    part(document, "notice-close").hidden = isLost;
    const live = part(document, "live");
    live.textContent = isLost ? "Stopped" : "Live";
    live.dataset["tone"] = isLost ? "warn" : "good";
    if (state === "live") {
      if (notice.dataset["state"] === "lost") notice.hidden = true;
    } else if (isLost) {
      if (notice.dataset["state"] !== "lost") lostAt = timeOf(new Date().toISOString());
      say(
        "npm start has stopped.",
        `Run npm start again in the project's folder. The page then continues by itself. Until then, it shows the state before ${lostAt}.`,
      );
    } else say("npm start runs again.", "The list is new. The earlier requests are deleted.");
    notice.dataset["state"] = state;
  };
}
