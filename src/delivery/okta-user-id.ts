/** Okta's ids of people. A number, a name or a login is none, and goes no further. */
export function isOktaUserId(text: string): boolean {
  return /^00u[\dA-Za-z]{10,40}$/.test(text);
}
