import type { MessageItem } from "../protocol.ts";
import { say } from "./toast.ts";
import { languageName } from "./words.ts";

/** Reads a call aloud in its language, or stops reading. The browser's own voices do it: nothing leaves the machine. */
export function speak({ text, language = "en" }: MessageItem, onEnd: () => void): void {
  if (!("speechSynthesis" in window)) {
    say("This browser does not speak.");
    onEnd();
    return;
  }
  const voices = speechSynthesis.getVoices();
  const known = voices.some(({ lang }) => lang.slice(0, 2).toLowerCase() === language.slice(0, 2).toLowerCase());
  if (voices.length > 0 && !known)
    say(`This browser has no voice for ${languageName(language)}, so another one tries.`);
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = language;
  spoken.rate = 0.9;
  spoken.addEventListener("end", onEnd);
  spoken.addEventListener("error", onEnd);
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}

export function stopSpeaking(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
