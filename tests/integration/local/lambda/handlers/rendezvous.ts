/** Answers only when two invocations have arrived: proves that they run at the same time. */
const waiting: ((count: number) => void)[] = [];

export async function handler(): Promise<number> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 2) for (const answer of waiting.splice(0)) answer(2);
  });
}
