/**
 * Whether a text has the form of a generated id: 16 to 64 letters, digits, - and _, a letter and a digit or both cases among them. A number, a name
 * or a code has it hardly ever: six digits, with - or _ between them too, may be a code, so one id of 4,000 counts as none.
 */
export function isOpaqueId(text: string): boolean {
  const mixed = /[A-Za-z]/.test(text) && (/\d/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)));
  return mixed && /^(?!.*\d(?:[_-]*\d){5})[\w-]{16,64}$/.test(text);
}
