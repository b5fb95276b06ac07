/** @jest-environment ./test/support/database-environment.ts */
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { type Serving, serve } from '../../../local/serve';
import { ARNS, openDataApi } from '../../support/data-api';
import { type Outcome, runProbe } from '../../support/run-probe';
import { PROBES, type Probe, type Step } from './probes';

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
  for (const [index, step] of [...probe.steps, ...(probe.parallel ?? [])].entries()) {
    expect(outcomes[index]).toEqual(expectationOf(step));
  }
}

/** The first of two parallel calls may be the refused one on AWS; here they arrive in order. */
function expectationOf({ answer = {}, error, message }: Step): Outcome {
  if (!error) return { answer: partOf(answer) };
  return { error, message: message ? expect.stringMatching(message) : expect.any(String) };
}

function partOf(value: unknown): object {
  if (Array.isArray(value)) return value.map(partOf);
  if (typeof value !== 'object' || value === null) return value as never;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, partOf(part)])));
}
