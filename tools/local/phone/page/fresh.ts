/** In ms. Older items are not animated, such as those from before the page was opened. */
const freshFor = 700;

/** Whether the item is new enough to animate its arrival. */
export const isFresh = (at: string): boolean => Date.now() - Date.parse(at) < freshFor;
