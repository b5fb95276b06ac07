import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

type Environment = Record<string, string | undefined>;

export interface Run {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the output holds the text; rejects when the process ends without it. */
  until(text: string): Promise<void>;
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

const children = new Set<ChildProcess>();

/** For `afterEach`: a test that failed half-way leaves no process behind. */
export function killRuns(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** Runs an entry point of `local/` as npm does, with nothing in the environment but what is given. */
export function run(entry: string, args: string[] = [], env: Environment = {}): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', join('local', entry), ...args], {
    env: { PATH: process.env.PATH, BCRYPT_COST: '4', ...env },
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk;
  });
  const exit = new Promise<Awaited<Run['exit']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...text }));
  });
  const output = () => text.stdout + text.stderr;
  return { child, output, until: (wanted) => waitFor(child, output, wanted), exit };
}

function waitFor(child: ChildProcess, output: () => string, wanted: string) {
  return new Promise<void>((resolve, reject) => {
    const look = () => output().includes(wanted) && resolve();
    child.stdout?.on('data', look);
    child.once('close', () => reject(new Error(`ended without "${wanted}":\n${output()}`)));
    look();
  });
}
