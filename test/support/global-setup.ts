import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../local/database';
import { createTemplate } from './test-server';

declare global {
  var embeddedDatabases: EmbeddedDatabase[];
}

/** Prepares the databases of the test files; the workers inherit the variables. */
export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  const { TEST_DATABASE_URL: serverUrl } = process.env;
  if (serverUrl) process.env.TEST_TEMPLATE = await createTemplate(serverUrl);
  else await startOneForEachWorker(maxWorkers);
}

async function startOneForEachWorker(count: number) {
  globalThis.embeddedDatabases = await Promise.all(Array.from({ length: count }, () => startEmbeddedDatabase({})));
  process.env.TEST_EMBEDDED_URLS = globalThis.embeddedDatabases.map(({ url }) => url).join(' ');
}
