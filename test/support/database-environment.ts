import { TestEnvironment } from 'jest-environment-node';
import { createAccessTokenKeys } from '../../local/access-token-keys';
import { openTestDatabase, type TestDatabase } from './test-database';

/** Gives a test file a database of its own and what else the handlers read from the environment. */
export default class DatabaseEnvironment extends TestEnvironment {
  private database: TestDatabase | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    this.database = await openTestDatabase();
    Object.assign(this.global.process.env, {
      DATABASE_URL: this.database.url,
      JWT_KEYS: await createAccessTokenKeys(),
      BCRYPT_COST: '4',
      LOG_LEVEL: 'silent',
    });
  }

  override async teardown(): Promise<void> {
    await this.database?.close();
    await super.teardown();
  }
}
