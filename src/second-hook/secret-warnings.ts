interface Secret {
  readonly name: string;
  current(): readonly string[];
}

/**
 * Returns the second hook's secret if it is missing, or the same as the secret that Okta sends us.
 * A provider that logs its headers (Twilio's sample does) would log our own secret.
 * @param secret Undefined if there is no second hook.
 */
export function findSecretWarnings(
  secret: Secret | undefined,
  hookSecret: Pick<Secret, "current"> | undefined,
): readonly Secret[] {
  if (secret === undefined) return [];
  const values = secret.current();
  const ours = hookSecret?.current() ?? [];
  return values.length === 0 || values.some((value) => ours.includes(value)) ? [secret] : [];
}
