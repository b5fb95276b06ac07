import { parseArgs } from 'node:util';
import { createAccessTokenKeys } from '../local/access-token-keys';
import { runCommand, UsageError } from '../local/commands/run-command';
import { formatTable } from '../local/format-table';
import { isWithinBound, type Result } from './result';

/** Measures what the design promises, on a database of 1,000,000 posts that it makes and drops again. */
runCommand(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const { BENCH_DATABASE_URL: serverUrl } = process.env;
  if (!serverUrl)
    throw new UsageError('BENCH_DATABASE_URL is not set: name a PostgreSQL server to make a database on.');
  const { createBenchDatabase } = await import('./database');
  const database = await createBenchDatabase(serverUrl);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    JWT_KEYS: await createAccessTokenKeys(),
    LOG_LEVEL: 'silent',
  });
  try {
    const results = await measureAll(database.postId);
    console.log(values.json ? JSON.stringify(results, null, 2) : toTable(results).join('\n'));
    if (!results.every(isWithinBound)) process.exitCode = 1;
  } finally {
    const { sequelize } = await import('../shared/db');
    await sequelize.close();
    await database.drop();
  }
});

async function measureAll(postId: number) {
  const results: Result[] = [];
  const add = async (what: string, result: Promise<Result>) => {
    console.error(`Measuring ${what}.`);
    results.push(await result);
  };
  const { benchHandlerOverhead } = await import('./handler-overhead');
  await add('the overhead of a handler', benchHandlerOverhead(postId));
  const { benchPaging } = await import('./paging');
  await add('paging', benchPaging());
  const { benchThroughput } = await import('./throughput');
  await add('throughput', benchThroughput(postId));
  return results;
}

function toTable(results: readonly Result[]) {
  const rows = results.map((result) => {
    const { name, value, unit, bound } = result;
    const limit = 'atMost' in bound ? `<= ${bound.atMost}` : `>= ${bound.atLeast}`;
    return [name, `${value.toFixed(2)} ${unit}`, limit, isWithinBound(result) ? 'ok' : 'MISSED'];
  });
  return formatTable([['WHAT', 'VALUE', 'BOUND', ''], ...rows]);
}
