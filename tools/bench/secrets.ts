/** What Okta and 8x8's stand-in know of each contestant. */
export const hookSecret = "the-hook-secret-of-the-benchmark";
export const eventSecret = "the-event-secret-of-the-benchmark";
export const receiptSecret = "the-receipt-secret-of-the-benchmark";
export const apiKey = "the-8x8-key-of-the-benchmark";
