import { beforeDeadline } from "../timing/deadline.ts";

/** How a request waits for a reload, within its deadline. */
export type WaitForReload = typeof beforeDeadline;

/**
 * Lets `limit` requests wait at once, and the others not at all: to be shared by all routes on which a stranger can make one
 * wait. A Functions instance takes 100 requests at once by default, and whatever waits keeps a hook out.
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#concurrency
 */
export function createWaitLimit(limit = 16): WaitForReload {
  let waiting = 0;
  return async (reload, deadline) => {
    if (waiting >= limit) return undefined;
    waiting += 1;
    return beforeDeadline(reload, deadline).finally(() => (waiting -= 1));
  };
}
