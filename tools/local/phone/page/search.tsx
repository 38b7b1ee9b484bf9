import type { Signal } from "@preact/signals";

interface SearchProps {
  readonly id: string;
  /** For screen readers. */
  readonly label: string;
  readonly placeholder: string;
  readonly words: Signal<string>;
}

export function Search({ id, label, placeholder, words }: SearchProps) {
  return (
    <input
      id={id}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      autocomplete="off"
      spellcheck={false}
      value={words}
      onInput={({ currentTarget }) => (words.value = currentTarget.value)}
    />
  );
}
