import { runCommand } from './commands/run-command';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The first signal lets what is in flight finish; a second one ends the process. */
export function closeOnSignal(closeAll: () => Promise<void>): void {
  const close = () => {
    for (const signal of SIGNALS) process.off(signal, close);
    console.log('\nStopping.');
    runCommand(() => closeAll().then(() => console.log('Stopped.')));
  };
  for (const signal of SIGNALS) process.on(signal, close);
}
