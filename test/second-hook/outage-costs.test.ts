import { numberOf, startWorld, type Answered, type World } from "./outage-world.ts";

let world: World;
afterEach(() => world.close());

const hang = { fault: "hang" } as const;

/** Sends each person a code at the same interval. */
async function sendTo(people: readonly number[], everyMs: number): Promise<readonly Answered[]> {
  const answers: Promise<Answered>[] = [];
  for (const person of people) {
    answers.push(world.send(person));
    await world.pass(everyMs);
  }
  await world.pass(2_500);
  return Promise.all(answers);
}

const people = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const notAccepted = (answers: readonly Answered[]) =>
  answers.filter(({ answer }) => answer !== "successful").length;

test.each([
  [20, 240, 40],
  [2, 60, 8],
  [0.5, 30, 10],
])(
  "if 8x8 hangs, at %d codes a second, of %i codes at most %i take over 1 s",
  async (rate, count, limit) => {
    world = await startWorld({ eightByEight: hang, second: 50 });
    const answers = await sendTo(people(count), 1_000 / rate);
    const late = answers.filter(({ ms }) => ms > 1_000).length;
    expect(late).toBeLessThanOrEqual(limit);
    expect(notAccepted(answers)).toBe(0);
  },
);

test.each([
  // Percent of the codes that fail, percent of the other codes that the second hook gets
  [15, 25],
  [30, 95],
])(
  "if the codes to a country fail, which are %i %% of all, at most %i %% of the others go to the second hook first",
  async (percent, limit) => {
    const random = createRandom();
    const all = people(400).map((person) => ({ person, fails: random() < percent / 100 }));
    const failing = new Set(all.flatMap(({ person, fails }) => (fails ? [numberOf(person)] : [])));
    world = await startWorld({
      eightByEight: (number) => (failing.has(number) ? { fault: "503" } : 25),
      second: 50,
    });
    const answers = await sendTo(people(400), 50);
    const others = answers.filter((_, index) => all[index]?.fails === false);
    const diverted = others.filter(({ passedOver }) => passedOver === "8x8").length;
    expect(notAccepted(answers)).toBe(0);
    expect((100 * diverted) / others.length).toBeLessThanOrEqual(limit);
  },
);

/** Numbers from 0 to under 1, the same in each run. */
function createRandom(state = 1): () => number {
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test("if 8x8 always accepts after 1.6 s, few people get two messages", async () => {
  world = await startWorld({ eightByEight: 1_600, second: 500 });
  const answers = await sendTo(people(400), 50);
  const numbers = new Set(world.app.eightByEight.messages.map(({ destination }) => destination));
  const twice = world.hook.messages.filter(({ destination }) => numbers.has(destination)).length;
  expect(notAccepted(answers)).toBe(0);
  expect(twice).toBeLessThanOrEqual(40);
});
