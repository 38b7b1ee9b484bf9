/** Age in ms up to which an item is animated. Items from before the page was opened are older. */
const freshFor = 700;

/** Returns whether the item is new enough to animate its arrival. */
export const isFresh = (at: string): boolean => Date.now() - Date.parse(at) < freshFor;
