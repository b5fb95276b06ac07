/** @jest-environment ./test/support/database-environment.ts */
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { type Serving, serve } from '../../../local/serve';
import { ARNS, openDataApi } from '../../support/data-api';
import { differenceOf } from '../../support/difference-of';
import { runProbe } from '../../support/run-probe';
import type { Probe } from './probe';
import { PROBES } from './probes';

const { dataApi, database } = openDataApi();
let serving: Serving;
let client: RDSDataClient;

beforeAll(async () => {
  serving = await serve(dataApi.fetch, { port: 0 });
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  client = new RDSDataClient({ endpoint: serving.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await serving.close();
  await dataApi.close();
});

const probes = (needsServer: boolean) => PROBES.filter((probe) => Boolean(probe.needsServer) === needsServer);

test.each(probes(false))('$title ($basis)', check);

(process.env.TEST_DATABASE_URL ? describe : describe.skip)('on a server (set TEST_DATABASE_URL)', () => {
  test.each(probes(true))('$title ($basis)', check);
});

async function check(probe: Probe) {
  const outcomes = await runProbe(probe, { client, database, ...ARNS });
  const steps = [...probe.steps, ...(probe.parallel ?? [])];
  expect(steps.map((step, index) => differenceOf(step, outcomes[index] ?? {})).filter(Boolean)).toEqual([]);
}
