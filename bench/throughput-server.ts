import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createGateway } from '../local/gateway/create-gateway';
import { serve } from '../local/serve';
import { operations } from '../shared/contract';

/** The service as `npm start` serves it, or the least that answers the same row. */
const start = process.argv[2] === 'service' ? startService : startBare;
start().then((url) => process.send?.(url));

async function startService() {
  const gateway = createGateway(operations, (operation) => import(`../${operation.entry}`));
  return (await serve(gateway.fetch, { port: 0 })).url;
}

async function startBare() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });
  const server = createServer(async ({ url = '' }, response) => {
    const { rows } = await pool.query('SELECT * FROM posts WHERE id = $1', [url.split('/').at(-1)]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(rows[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
