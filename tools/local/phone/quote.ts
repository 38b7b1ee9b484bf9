// A terminal interprets these characters in a pasted command, even within quotes.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Quotes the text as one shell word. Control characters become escapes that bash, zsh and ksh
 * support: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function quote(text: string): string {
  if (!controls.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = Array.from(text, (letter) =>
    controls.test(letter) || "'\\!".includes(letter) ? escape(letter) : letter,
  );
  return `$'${escaped.join("")}'`;
}

function escape(letter: string): string {
  const bytes = Array.from(Buffer.from(letter), (byte) => byte.toString(16).padStart(2, "0"));
  return bytes.map((byte) => `\\x${byte}`).join("");
}
