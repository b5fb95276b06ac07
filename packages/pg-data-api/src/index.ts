import pgTypes from 'pg-types';
import { type ClientConfig, DataApiClient, type Module } from './client';
import { DatabaseError } from './errors/database-error';
import { assertOptions, type DataApiOptions } from './options';

/**
 * Makes a module shaped like pg for one Aurora cluster, to be given to Sequelize as `dialectModule` or used by itself.
 * It calls nothing. Throws a TypeError for an unknown or missing option.
 *
 * @example
 * ```ts
 * const pg = createDataApi({ resourceArn, secretArn, database: 'app' });
 * const sequelize = new Sequelize({ dialect: 'postgres', dialectModule: pg, database: 'app' });
 * ```
 */
export function createDataApi(options: DataApiOptions): DataApiModule {
  assertOptions(options);
  const module: Module = { options, catalogues: new Map() };
  class Client extends DataApiClient {
    constructor(config?: ClientConfig | string) {
      super(module, typeof config === 'object' ? config : undefined);
    }
  }
  return { Client, types: pgTypes, DatabaseError };
}

export interface DataApiModule {
  Client: new (config?: ClientConfig | string) => DataApiClient;
  types: typeof pgTypes;
  DatabaseError: typeof DatabaseError;
}

export type { ClientConfig, DataApiClient, QueryConfig, Results } from './client';
export { DatabaseError, type DatabaseErrorFields } from './errors/database-error';
export type { DataApiOptions, RetryEvent } from './options';
export type { FieldDef, QueryResult, TypeParsers } from './session/result';
