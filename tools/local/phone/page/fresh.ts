/** In milliseconds. What was there when the page was opened does not move. */
const freshFor = 700;

/** Whether it came just now: then its arrival is animated. */
export const isFresh = (at: string): boolean => Date.now() - Date.parse(at) < freshFor;
