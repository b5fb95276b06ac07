import { config } from '../config';
import { createLogger } from '../logger';
import { initModels } from '../models';
import { createSequelize } from './create-sequelize';

export { Post, Session, User } from '../models';

/** The one connection pool of a process, and the one place where importing has an effect. */
export const sequelize = createSequelize(config.database, {
  onStatement: config.log.isSqlLogged
    ? (statement, durationMs) => createLogger({ level: 'info' }).info('sql', { statement, durationMs })
    : undefined,
});

initModels(sequelize);
