/** Another connection's open transaction did not end while this one waited for its turn. */
export class TurnTimeoutError extends Error {
  override readonly name = 'TurnTimeoutError';
}

interface Waiter {
  owner: object;
  resolve: () => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Lends the one backend to one owner at a time, in order of arrival. */
export class Turns {
  private holder: object | undefined;
  private isHolderThinking = false;
  private waiters: Waiter[] = [];
  private readonly waitLimitMs: number;

  constructor(waitLimitMs: number) {
    this.waitLimitMs = waitLimitMs;
  }

  async take(owner: object): Promise<void> {
    this.holder ??= owner;
    if (this.holder !== owner) await this.wait(owner);
    this.isHolderThinking = false;
  }

  /** The holder stays in its transaction while its client thinks. */
  keep(): void {
    this.isHolderThinking = true;
  }

  isHeldBy(owner: object): boolean {
    return this.holder === owner;
  }

  release(): void {
    const next = this.waiters.shift();
    this.holder = next?.owner;
    this.isHolderThinking = false;
    if (next) {
      clearTimeout(next.timer);
      next.resolve();
    }
  }

  private wait(owner: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { owner, resolve, reject, timer: setTimeout(() => this.giveUp(waiter), this.waitLimitMs) };
      this.waiters.push(waiter);
    });
  }

  /** Waiting behind statements that run is patience; behind a transaction that does nothing it may be for ever. */
  private giveUp(waiter: Waiter): void {
    if (!this.isHolderThinking) {
      waiter.timer = setTimeout(() => this.giveUp(waiter), this.waitLimitMs);
      return;
    }
    this.waiters = this.waiters.filter((other) => other !== waiter);
    waiter.reject(new TurnTimeoutError(`waited ${this.waitLimitMs / 1000} s for another connection's transaction`));
  }
}
