import { prepareTemplate } from './test-database';

/** A migrated database that every test file gets a copy of. */
export default async function globalSetup(): Promise<void> {
  await prepareTemplate();
}
