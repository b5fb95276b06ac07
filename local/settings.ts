import { ConfigError } from '../shared/config';

/** Where things are on this desk; what the service itself needs is in `shared/config.ts`. */
export interface Settings {
  port: number;
  postgresPort: number;
  dataApiPort: number;
  dataDir: string;
}

/** @throws {ConfigError} */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  return {
    port: readPort(env, 'PORT', 3000),
    postgresPort: readPort(env, 'POSTGRES_PORT', 54320),
    dataApiPort: readPort(env, 'DATA_API_PORT', 54321),
    dataDir: env.DATA_DIR || '.data',
  };
}

function readPort(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number) {
  const port = Number(env[name] || fallback);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`${name} is "${env[name]}". Set it to a port from 0 to 65535; 0 takes any free one.`);
}
