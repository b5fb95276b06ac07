import { createTemplate } from './test-database';

/** A migrated database that every test file gets a copy of; the workers inherit the variable. */
export default async function globalSetup(): Promise<void> {
  process.env.TEST_TEMPLATE = await createTemplate();
}
