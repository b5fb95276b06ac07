import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { Umzug, type UmzugStorage } from 'umzug';
import { migrations } from './migrations';

export interface MigrationStatus {
  name: string;
  isApplied: boolean;
}

/** Applies what is pending, one transaction a migration. @returns the names of the migrations it applied */
export async function migrateUp(sequelize: Sequelize): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const [next] = await withMigrationLock(sequelize, (umzug) => umzug.up({ step: 1 }));
    if (!next) return applied;
    applied.push(next.name);
  }
}

/** Reverts the newest migration. @returns its name, or `undefined` when there is none */
export async function migrateDown(sequelize: Sequelize): Promise<string | undefined> {
  const [reverted] = await withMigrationLock(sequelize, (umzug) => umzug.down());
  return reverted?.name;
}

export async function migrationStatus(sequelize: Sequelize): Promise<MigrationStatus[]> {
  const executed = await withMigrationLock(sequelize, (umzug) => umzug.executed());
  return migrations.map(({ name }) => ({ name, isApplied: executed.some((migration) => migration.name === name) }));
}

/** Any constant, the same for every runner: runners that start together go one after the other. */
const lockKey = 4_654_953;

function withMigrationLock<T>(sequelize: Sequelize, run: (umzug: Umzug<Transaction>) => Promise<T>): Promise<T> {
  return sequelize.transaction(async (transaction) => {
    await sequelize.query('SELECT pg_advisory_xact_lock($1)', {
      bind: [lockKey],
      type: QueryTypes.SELECT,
      transaction,
    });
    return run(createUmzug(sequelize, transaction));
  });
}

function createUmzug(sequelize: Sequelize, transaction: Transaction) {
  return new Umzug<Transaction>({
    migrations: migrations.map(({ name, up, down }) => ({
      name,
      up: () => runAll(sequelize, transaction, up),
      down: () => runAll(sequelize, transaction, down),
    })),
    context: transaction,
    storage: createStorage(sequelize, transaction),
    logger: undefined,
  });
}

async function runAll(sequelize: Sequelize, transaction: Transaction, statements: readonly string[]) {
  for (const statement of statements) await sequelize.query(statement, { transaction });
}

/** What was applied is written in the transaction that applied it. */
function createStorage(sequelize: Sequelize, transaction: Transaction): UmzugStorage {
  return {
    async executed() {
      await sequelize.query(createMigrationsTable, { transaction });
      const rows = await sequelize.query<{ name: string }>('SELECT name FROM migrations ORDER BY name', {
        type: QueryTypes.SELECT,
        transaction,
      });
      return rows.map(({ name }) => name);
    },
    async logMigration({ name }) {
      await sequelize.query('INSERT INTO migrations (name) VALUES ($1)', { bind: [name], transaction });
    },
    async unlogMigration({ name }) {
      await sequelize.query('DELETE FROM migrations WHERE name = $1', { bind: [name], transaction });
    },
  };
}

const createMigrationsTable = `
  CREATE TABLE IF NOT EXISTS migrations (
    name TEXT PRIMARY KEY,
    applied_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
  )`;
