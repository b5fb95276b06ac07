import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { ratio } from './measure';
import type { Result } from './result';

const connections = 16;
const seconds = 2;

/** GET /posts/{id} of the service against the same row from a bare node:http and pg, each in a process of its own. */
export async function benchThroughput(postId: number): Promise<Result> {
  const [service, bare] = await Promise.all([startServer('service'), startServer('bare')]);
  const value = await ratio(
    5,
    () => countRequests(`${service.url}/posts/${postId}`),
    () => countRequests(`${bare.url}/posts/${postId}`),
  );
  service.stop();
  bare.stop();
  return { name: 'requests a second against bare node:http + pg', value, unit: 'x', bound: { atLeast: 0.5 } };
}

async function startServer(kind: 'service' | 'bare') {
  const child = fork(join(__dirname, 'throughput-server.ts'), [kind], { execArgv: ['--import', 'tsx'] });
  const [url] = (await once(child, 'message')) as [string];
  return { url, stop: () => child.kill() };
}

async function countRequests(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const endsAt = performance.now() + seconds * 1000;
  const counts = Array.from({ length: connections }, async () => {
    let count = 0;
    for (; performance.now() < endsAt; count += 1) await request(url, agent);
    return count;
  });
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  agent.destroy();
  return total / seconds;
}

function request(url: string, agent: Agent) {
  return new Promise<void>((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}
