import { spawn } from 'node:child_process';
import { makeAdmin } from '../../local/commands/make-admin';
import { createGateway } from '../../local/gateway/create-gateway';
import { type Fetch, type Serving, serve } from '../../local/serve';
import { runTour, type TourOptions } from '../../local/tour/tour';
import { operations } from '../../shared/contract';
import { Post, Session, User } from '../../shared/db';
import { loadHandler } from './api';

/** Answers in the service's place, or with what the service answers. */
type Front = (request: Request, next: () => Promise<Response>) => Promise<Response>;

export const gateway = createGateway(operations, loadHandler);

const open: Serving[] = [];

export async function startService(front: Front = (_, next) => next()) {
  const answer: Fetch = (request, connection) => front(request, () => gateway.fetch(request, connection));
  const serving = await serve(answer, { port: 0 });
  open.push(serving);
  return serving;
}

export async function closeServices() {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
}

/** A whole tour of a service of its own, in this process. */
export async function tour(options: Partial<TourOptions> = {}, front?: Front) {
  const { url } = await startService(front);
  const lines: string[] = [];
  const exitCode = await runTour({ url, promote: makeAdmin, print: (line) => lines.push(line), ...options });
  return { exitCode, output: lines.join('\n') };
}

export async function neverPromote() {
  throw new Error('Not promoted.');
}

export async function countRows() {
  return { users: await User.count(), posts: await Post.count(), sessions: await Session.count() };
}

/** The command as a process of its own. */
export function tourCommand(env: Record<string, string>, args: string[] = []) {
  const command = ['--import', 'tsx', 'local/tour/main.ts', ...args];
  const child = spawn(process.execPath, command, { env: { ...process.env, ...env } });
  let output = '';
  const collect = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  return new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
