import type { Sequelize } from 'sequelize';
import { initPost, Post } from './post';
import { initSession, Session } from './session';
import { initUser, User } from './user';

export { Post, Session, User };

/** Binds the models to a connection and to each other. */
export function initModels(sequelize: Sequelize): void {
  initUser(sequelize);
  initPost(sequelize);
  initSession(sequelize);
  User.hasMany(Post, { as: 'posts', foreignKey: { name: 'userId', allowNull: false }, onDelete: 'CASCADE' });
  Post.belongsTo(User, { as: 'author', foreignKey: { name: 'userId', allowNull: false }, onDelete: 'CASCADE' });
  Session.belongsTo(User, { as: 'user', foreignKey: { name: 'userId', allowNull: false }, onDelete: 'CASCADE' });
}
