/** @jest-environment ./test/support/database-environment.ts */
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { ARNS } from '../../support/data-api';
import { killRuns, run } from '../../support/run-command';

afterEach(killRuns);

test('npm run data-api says how to reach it, serves an AWS client and stops', async () => {
  const { DATABASE_URL = '' } = process.env;
  const command = run('commands/data-api.ts', [], { DATABASE_URL, DATA_API_PORT: '0' });
  await command.until('Ctrl-C');
  const [, endpoint = ''] = /export AWS_ENDPOINT_URL_RDS_DATA=(\S+)/.exec(command.output()) ?? [];
  const [, database = ''] = /execute-statement --database (\S+)/.exec(command.output()) ?? [];
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new RDSDataClient({ endpoint, region: 'us-east-1', credentials });
  const { records } = await client.send(new ExecuteStatementCommand({ ...ARNS, database, sql: 'select 1' }));
  expect(records).toEqual([[{ longValue: 1 }]]);
  client.destroy();
  command.child.kill('SIGINT');
  expect(await command.exit).toMatchObject({ code: 0, stderr: '' });
});

test('a port that is none is one line', async () => {
  const { DATABASE_URL = '' } = process.env;
  const command = run('commands/data-api.ts', [], { DATABASE_URL, DATA_API_PORT: 'x' });
  expect(await command.exit).toMatchObject({ code: 1, stderr: expect.stringMatching(/^DATA_API_PORT is "x"\..*\n$/) });
});
