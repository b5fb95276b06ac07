import {
  type CreationOptional,
  col,
  DataTypes,
  fn,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
  Op,
  type Sequelize,
  type Transaction,
  where,
} from 'sequelize';
import type { Post } from './post';

export type Role = 'user' | 'admin';

interface Changes {
  name?: string | undefined;
  email?: string | undefined;
  role?: Role | undefined;
}

interface Viewer {
  userId: number;
  role: Role;
}

export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<number>;
  declare name: string;
  declare email: string;
  declare passwordHash: string;
  declare role: CreationOptional<Role>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare posts?: NonAttribute<Post[]>;

  static findByEmail(email: string): Promise<User | null> {
    return User.findOne({ where: User.hasEmail(email) });
  }

  /** The condition that the unique index serves: equal but for case. */
  static hasEmail(email: string) {
    return where(fn('lower', col('User.email')), fn('lower', email));
  }

  /** The condition takes `%` and `_` as they are. */
  static nameContains(part: string) {
    return where(fn('strpos', col('User.name'), part), { [Op.gt]: 0 });
  }

  /** @returns the changed user, or `undefined` when there is none any more */
  static async change(id: number, changes: Changes): Promise<User | undefined> {
    const [, [changed]] = await User.update(changes as Partial<User>, { where: { id }, returning: true });
    return changed;
  }

  /** Replaces the hash unless somebody else did so since this user was read. */
  async replacePasswordHash(passwordHash: string, { transaction }: { transaction?: Transaction } = {}) {
    const { id, passwordHash: current } = this;
    const options = transaction ? { transaction } : {};
    const [count] = await User.update(
      { passwordHash },
      { where: { id, passwordHash: current }, silent: true, ...options },
    );
    return count === 1;
  }

  /** Shows the e-mail address to the user and to admins only, the password's hash to nobody. */
  visibleTo(viewer: Viewer) {
    const isEmailVisible = viewer.role === 'admin' || viewer.userId === this.id;
    return isEmailVisible ? this.toPrivate() : this.toPublic();
  }

  /** The user as the user sees it. */
  toPrivate() {
    return { ...this.toPublic(), email: this.email };
  }

  private toPublic() {
    const { id, name, role, createdAt, updatedAt } = this;
    return { id, name, role, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  }
}

export function initUser(sequelize: Sequelize): void {
  User.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, autoIncrementIdentity: true },
      name: { type: DataTypes.STRING(50), allowNull: false },
      email: { type: DataTypes.STRING(254), allowNull: false },
      passwordHash: { type: DataTypes.TEXT, allowNull: false },
      role: { type: DataTypes.STRING(10), allowNull: false, defaultValue: 'user' },
      createdAt: { type: DataTypes.DATE, allowNull: false },
      updatedAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, tableName: 'users', underscored: true },
  );
}
