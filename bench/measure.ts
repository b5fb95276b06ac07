/** Calls `run` again and again, after as many calls again to warm up. @returns milliseconds, sorted */
export async function time(count: number, run: () => Promise<unknown>): Promise<number[]> {
  for (let index = 0; index < count; index += 1) await run();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

export function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Measures two things in turns, so that whatever else the machine does meets both.
 *
 * @returns the median of the rounds' ratios of `a` to `b`
 */
export async function ratio(rounds: number, a: () => Promise<number>, b: () => Promise<number>): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) ratios.push((await a()) / (await b()));
  return median(ratios.sort((x, y) => x - y));
}
