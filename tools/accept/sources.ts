/** A vendor's page, and the date on which its text was last read. */
export interface Source {
  readonly url: string;
  readonly read: string;
}

const pagesOf = (site: string, read: string) => (path: string) => ({ url: site + path, read });

export const microsoft = pagesOf("https://learn.microsoft.com/", "2026-11-24");
export const oktaDocs = pagesOf("https://developer.okta.com/docs/", "2026-08-21");
export const oktaApi = pagesOf(
  "https://developer.okta.com/docs/api/openapi/okta-management/management/tags/",
  "2026-11-28",
);
export const docsOf8x8 = pagesOf("https://developer.8x8.com/connect/", "2026-07-23");
export const page = (url: string, read: string): Source => ({ url, read });

/** What supports an assumption besides the vendor's page. None of it replaces a live run. */
export const evidence = {
  hookSchema: "Our tests check the hook's requests and answers against Okta's OpenAPI.",
  apiSchema: "Our tests check these calls against Okta's OpenAPI.",
  eventCatalogue: "Okta's event catalogue judges these events in our tests.",
  smsOfOthers:
    "An author at 8x8 reports such an SMS on a live account (novuhq/novu#12200, seen 2026-11-28).",
  receiptsOfOthers:
    "Apps with public source code read `umid` and post feedback in this format (seen 2026-11-28).",
} as const;
