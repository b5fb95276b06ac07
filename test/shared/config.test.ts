/** @jest-environment node */
import { ConfigError, createConfig } from '../../shared/config';

const databaseUrl = 'postgresql://ink:s3cret%40@db.example:6432/inkwell?sslmode=require';

describe('database', () => {
  test('is read from DATABASE_URL, escapes decoded', () => {
    const { database } = createConfig({ DATABASE_URL: databaseUrl });
    expect(database).toMatchObject({ host: 'db.example', port: 6432, database: 'inkwell', username: 'ink' });
    expect(database).toHaveProperty('password', 's3cret@');
    expect(database).toHaveProperty('ssl', { rejectUnauthorized: true });
  });

  test('does not show its password when it is logged', () => {
    const { database } = createConfig({ DATABASE_URL: databaseUrl });
    expect(JSON.stringify(database)).not.toContain('s3cret');
    expect(Object.keys({ ...database })).not.toContain('password');
  });

  test('uses one connection on a Lambda', () => {
    expect(createConfig({ DATABASE_URL: databaseUrl }).database.poolMax).toBe(10);
    expect(createConfig({ DATABASE_URL: databaseUrl, AWS_LAMBDA_FUNCTION_NAME: 'f' }).database.poolMax).toBe(1);
  });

  test.each([
    ['nothing', undefined, /Neither DATABASE_URL nor DATA_API_RESOURCE_ARN, .* are set/],
    ['another scheme', 'mysql://u:hunter2@h/d', /not a PostgreSQL URL: "mysql:\/\/u:\*\*\*@h\/d"/],
    ['no database', 'postgresql://u:hunter2@h', /not a PostgreSQL URL/],
    ['no URL', 'h:5432', /not a PostgreSQL URL/],
    ['an unknown parameter', 'postgresql://u:hunter2@h/d?pool=3', /has \?pool=3/],
    ['an unknown sslmode', 'postgresql://u:hunter2@h/d?sslmode=prefer', /has \?sslmode=prefer/],
  ])('refuses %s and does not show the password', (_, url, message) => {
    const read = () => createConfig({ DATABASE_URL: url }).database;
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('database over the Data API', () => {
  const dataApi = { DATA_API_RESOURCE_ARN: 'arn:cluster', DATA_API_SECRET_ARN: 'arn:secret', DATA_API_DATABASE: 'ink' };

  test('is read from three variables', () => {
    expect(createConfig(dataApi).database).toEqual({
      transport: 'data-api',
      resourceArn: 'arn:cluster',
      secretArn: 'arn:secret',
      database: 'ink',
      poolMax: 10,
    });
  });

  test('is refused beside a DATABASE_URL', () => {
    const read = () => createConfig({ ...dataApi, DATABASE_URL: databaseUrl }).database;
    expect(read).toThrow(/^DATABASE_URL and DATA_API_RESOURCE_ARN, .* are both set/);
  });

  test.each(Object.keys(dataApi))('needs %s', (name) => {
    expect(() => createConfig({ ...dataApi, [name]: undefined }).database).toThrow(`${name} is not set`);
  });
});

describe('auth', () => {
  test('takes the keys from JWT_KEYS or from a secret, not from both or neither', () => {
    expect(createConfig({ JWT_KEYS: '{}' }).auth.keys).toHaveProperty('jwks', '{}');
    expect(createConfig({ JWT_KEYS_SECRET_ARN: 'arn' }).auth.keys).toEqual({ secretArn: 'arn' });
    expect(() => createConfig({ JWT_KEYS: '{}', JWT_KEYS_SECRET_ARN: 'arn' }).auth).toThrow(/both set/);
    expect(() => createConfig({}).auth).toThrow(/Neither JWT_KEYS nor JWT_KEYS_SECRET_ARN/);
  });

  test.each(['3', '17', '12.5', 'twelve'])('refuses BCRYPT_COST=%s', (cost) => {
    expect(() => createConfig({ JWT_KEYS: '{}', BCRYPT_COST: cost }).auth).toThrow(`BCRYPT_COST is "${cost}"`);
  });

  test('hashes at cost 12 unless told otherwise', () => {
    expect(createConfig({ JWT_KEYS: '{}' }).auth.bcryptCost).toBe(12);
    expect(createConfig({ JWT_KEYS: '{}', BCRYPT_COST: '10' }).auth.bcryptCost).toBe(10);
  });
});

test('an unknown LOG_LEVEL is refused with those that are known', () => {
  expect(() => createConfig({ LOG_LEVEL: 'loud' }).log).toThrow('LOG_LEVEL is "loud". Set it to one of debug, info');
});

test('a part is read only when it is used', () => {
  expect(createConfig({ LOG_LEVEL: 'error' }).log.level).toBe('error');
});

test('the configuration cannot be changed', () => {
  const config = createConfig({ DATABASE_URL: databaseUrl });
  expect(Object.isFrozen(config) && Object.isFrozen(config.database) && Object.isFrozen(config.log)).toBe(true);
});
