import { TestEnvironment } from 'jest-environment-node';
import { createAccessTokenKeys } from '../../local/access-token-keys';
import { toEnvironment } from '../../local/set-environment';
import { startDataApi } from '../../local/start-data-api';
import { openTestDatabase } from './test-database';

/**
 * Gives a test file a database of its own and what else the handlers read from the environment. With
 * `TEST_TRANSPORT=data-api` they reach it through the driver and the local Data API; TEST_POSTGRES_URL is for the tests
 * that look behind it.
 */
export default class DatabaseEnvironment extends TestEnvironment {
  private readonly opened: { close(): Promise<void> }[] = [];

  override async setup(): Promise<void> {
    await super.setup();
    const database = await openTestDatabase();
    this.opened.push(database);
    const isOverDataApi = process.env.TEST_TRANSPORT === 'data-api';
    const dataApi = isOverDataApi ? await startDataApi(database.url, 0) : undefined;
    if (dataApi) this.opened.push(dataApi);
    Object.assign(this.global.process.env, toEnvironment({ databaseUrl: database.url, dataApiUrl: dataApi?.url }), {
      TEST_POSTGRES_URL: database.url,
      JWT_KEYS: await createAccessTokenKeys(),
      BCRYPT_COST: '4',
      LOG_LEVEL: 'silent',
    });
  }

  override async teardown(): Promise<void> {
    for (const opened of this.opened.toReversed()) await opened.close();
    await super.teardown();
  }
}
