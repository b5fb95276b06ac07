import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { differenceOf } from '../../support/difference-of';
import { runProbe, type Target } from '../../support/run-probe';
import type { Probe } from './probe';
import { PROBES } from './probes';

/**
 * Asks a cluster what the endpoint is held to, and prints where they differ:
 *
 *   DATA_API_RESOURCE_ARN=… DATA_API_SECRET_ARN=… DATA_API_DATABASE=… npm run probe:data-api
 *
 * Region and credentials come from where AWS's client finds them. Nothing is left behind in the database.
 */
async function main() {
  const client = new RDSDataClient({ maxAttempts: 1 });
  const target = { client, ...readTarget() };
  let differing = 0;
  for (const probe of PROBES) differing += (await report(probe, target)) ? 0 : 1;
  console.log(`\n${PROBES.length} probes, ${differing} with another answer.`);
  process.exitCode = differing > 0 ? 1 : 0;
}

async function report(probe: Probe, target: Target): Promise<boolean> {
  const outcomes = await runProbe(probe, target);
  const steps = [...probe.steps, ...(probe.parallel ?? [])];
  const differences = steps.map((step, index) => {
    const difference = differenceOf(step, outcomes[index] ?? {});
    return difference && `  ${step.sql?.slice(0, 100) ?? step.operation}\n${difference.replace(/^/gm, '    ')}`;
  });
  const found = differences.filter((difference) => difference !== undefined);
  console.log([`${found.length > 0 ? 'differs' : 'as here'}  ${probe.title} (${probe.basis})`, ...found].join('\n'));
  return found.length === 0;
}

function readTarget(): Omit<Target, 'client'> {
  const { DATA_API_RESOURCE_ARN, DATA_API_SECRET_ARN, DATA_API_DATABASE } = process.env;
  if (DATA_API_RESOURCE_ARN && DATA_API_SECRET_ARN && DATA_API_DATABASE) {
    return { resourceArn: DATA_API_RESOURCE_ARN, secretArn: DATA_API_SECRET_ARN, database: DATA_API_DATABASE };
  }
  console.error('Set DATA_API_RESOURCE_ARN, DATA_API_SECRET_ARN and DATA_API_DATABASE.');
  return process.exit(1);
}

main();
