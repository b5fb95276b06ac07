import { dropDatabase } from './test-server';

export default async function globalTeardown(): Promise<void> {
  const { TEST_DATABASE_URL: serverUrl, TEST_TEMPLATE: template } = process.env;
  if (serverUrl && template) await dropDatabase(serverUrl, template);
  else await Promise.all(globalThis.embeddedDatabases.map((database) => database.close()));
}
