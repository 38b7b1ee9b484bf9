/** Okta's event that somebody has enrolled a phone. */
interface Enrollment {
  readonly oktaEventId: string;
  readonly at: Date;
}

/** The longest time between the two. Usually it is none. */
const apartMs = 10_000;
/** More people than enroll a phone within that time. */
const rememberedLimit = 1_000;

/**
 * One enrollment of a phone is two events of Okta's, since it is enrolled for SMS and for calls at once; by which of them the code
 * came they do not say.
 * https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
 */
export function arePair(one: Enrollment, two: Enrollment): boolean {
  return one.oktaEventId !== two.oktaEventId && Math.abs(one.at.getTime() - two.at.getTime()) <= apartMs;
}

/** Says of each person's enrollment whether it is the second event of a pair whose first came to this instance. */
export function createEnrollmentPairs(): (event: Enrollment & { readonly oktaUserId: string }) => boolean {
  const seen = new Map<string, Enrollment>();
  return ({ oktaUserId, oktaEventId, at }) => {
    const before = seen.get(oktaUserId);
    if (before !== undefined && arePair(before, { oktaEventId, at })) return true;
    seen.delete(oktaUserId);
    seen.set(oktaUserId, { oktaEventId, at });
    const [oldest] = seen.size > rememberedLimit ? seen.keys() : [];
    if (oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
