import { second } from "./time.ts";
import type { Received, Request, World } from "./world.ts";

/** Shares of people: who ask once more though the code came, who ask again where none came, and who use a code that came. */
interface Habit {
  readonly again: number;
  readonly againWithout: number;
  readonly tries: number;
  readonly use: number;
}

export const usual: Habit = { again: 0.08, againWithout: 0.65, tries: 6, use: 0.93 };
/** In an outage everybody asks six times. */
export const persistent: Habit = { again: 0.08, againWithout: 1, tries: 6, use: 0.93 };

/** Somebody asks for codes until one is used, or until he gives up. */
export function signIn(
  world: World,
  request: Request,
  at: number,
  habit: Habit = usual,
  gaveUp: (at: number) => void = () => undefined,
): void {
  const { random } = world;
  const attempt = (nth: number) => (now: number) => {
    const { arrives, use }: Received = world.request(request, now);
    // Okta lets nobody ask twice in 30 s.
    const askAgain = () => {
      world.add(now + random.between(30, 120) * second, attempt(nth + 1));
    };
    if (!arrives && nth >= habit.tries) gaveUp(now);
    else if (random.share() < (arrives ? habit.again : habit.againWithout)) askAgain();
    else if (arrives && random.share() < habit.use) world.add(now + random.between(10, 50) * second, use);
    else if (!arrives) gaveUp(now);
  };
  world.add(at, attempt(1));
}
