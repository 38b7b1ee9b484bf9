/** In milliseconds. What was there when the page was opened does not move. */
const freshFor = 700;

/** Whether it came just now: then it is seen to come. */
export const isFresh = (at: string): boolean => Date.now() - Date.parse(at) < freshFor;
