import { copyTemplate, dropDatabase, resetDatabase, urlOf } from './test-server';

export interface TestDatabase {
  url: string;
  close(): Promise<void>;
}

/**
 * An empty, migrated database for one test file: a copy on the server that `TEST_DATABASE_URL` names (its user may
 * create databases), else this worker's embedded one.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_URL: serverUrl, TEST_TEMPLATE: template = '', TEST_EMBEDDED_URLS: urls = '' } = process.env;
  if (!serverUrl) return openEmbedded(urls.split(' '));
  const name = await copyTemplate(serverUrl, template);
  return { url: urlOf(serverUrl, name), close: () => dropDatabase(serverUrl, name) };
}

async function openEmbedded(urls: string[]): Promise<TestDatabase> {
  const url = urls[Number(process.env.JEST_WORKER_ID) - 1] ?? '';
  await resetDatabase(url);
  return { url, close: async () => {} };
}
