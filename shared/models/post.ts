import {
  type CreationOptional,
  DataTypes,
  fn,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
  Op,
  type Sequelize,
  type WhereOptions,
} from 'sequelize';
import type { User } from './user';

interface Changes {
  title?: string | undefined;
  content?: string | undefined;
}

interface PostFilters {
  userId?: number | undefined;
  /** in the language of websearch_to_tsquery: words, "a phrase", or, -without */
  q?: string | undefined;
  /** RFC 3339 */
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

export class Post extends Model<InferAttributes<Post>, InferCreationAttributes<Post>> {
  declare id: CreationOptional<number>;
  declare title: string;
  declare content: string;
  declare userId: number;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare author?: NonAttribute<User>;

  static listNewest(userId: number, limit: number): Promise<Post[]> {
    const order: [string, string][] = [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ];
    return Post.findAll({ where: { userId }, order, limit });
  }

  static matching({ userId, q, createdAfter, createdBefore }: PostFilters): WhereOptions {
    const filters: WhereOptions[] = [];
    if (userId !== undefined) filters.push({ userId });
    if (q !== undefined) filters.push({ search: { [Op.match]: fn('websearch_to_tsquery', 'english', q) } });
    if (createdAfter !== undefined) filters.push({ createdAt: { [Op.gt]: new Date(createdAfter) } });
    if (createdBefore !== undefined) filters.push({ createdAt: { [Op.lt]: new Date(createdBefore) } });
    return { [Op.and]: filters };
  }

  /** @returns the changed post, or `undefined` when there is none any more */
  static async change(id: number, changes: Changes): Promise<Post | undefined> {
    const [, [changed]] = await Post.update(changes as Partial<Post>, { where: { id }, returning: true });
    return changed;
  }

  toResponse() {
    const { id, title, content, userId, createdAt, updatedAt, author } = this;
    const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    const post = { id, title, content, userId, ...times };
    return author ? { ...post, author: { id: author.id, name: author.name } } : post;
  }
}

export function initPost(sequelize: Sequelize): void {
  Post.init(
    {
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true, autoIncrementIdentity: true },
      title: { type: DataTypes.STRING(200), allowNull: false },
      content: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
      userId: { type: DataTypes.BIGINT, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false },
      updatedAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, tableName: 'posts', underscored: true },
  );
}
