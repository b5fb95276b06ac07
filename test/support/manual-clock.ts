import type { Clock } from '../../local/data-api/options';

/** Time passes when a test says so. */
export class ManualClock implements Clock {
  private time = 0;
  private readonly due = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.time;
  }

  schedule(callback: () => void, ms: number): () => void {
    const entry = { at: this.time + ms, callback };
    this.due.add(entry);
    return () => this.due.delete(entry);
  }

  advance(ms: number): void {
    this.time += ms;
    for (const entry of [...this.due].filter(({ at }) => at <= this.time)) {
      this.due.delete(entry);
      entry.callback();
    }
  }
}
