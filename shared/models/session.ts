import { timingSafeEqual } from 'node:crypto';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type NonAttribute,
  Op,
  type Sequelize,
  type Transaction,
} from 'sequelize';
import { User } from './user';

const day = 24 * 60 * 60_000;
const absoluteLifetimeMs = 30 * day;
const idleTimeoutMs = 7 * day;
/** A used refresh token is answered again for this long: the answer was lost, or two tabs asked at once. */
const graceMs = 10_000;

interface Rotation {
  presentedHash: string;
  nextHash: string;
  salt: string;
  now?: Date;
}

interface Which {
  id?: string | { [Op.ne]: string };
  userId?: number;
}

/** A login and the family of refresh tokens that grew from it. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare id: string;
  declare userId: number;
  declare refreshTokenHash: string;
  declare previousRefreshTokenHash: CreationOptional<string | null>;
  declare rotationSalt: CreationOptional<string | null>;
  declare rotatedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare lastUsedAt: Date;
  declare expiresAt: Date;
  declare revokedAt: CreationOptional<Date | null>;
  declare userAgent: string | null;
  declare user?: NonAttribute<User>;

  /** Begins a session and forgets the user's ended ones. */
  static async begin(session: {
    id: string;
    userId: number;
    refreshTokenHash: string;
    userAgent?: string | undefined;
  }) {
    const now = new Date();
    await Session.destroy({ where: { userId: session.userId, expiresAt: { [Op.lte]: now } } });
    const expiresAt = new Date(now.getTime() + absoluteLifetimeMs);
    const userAgent = session.userAgent?.slice(0, 500) ?? null;
    return Session.create({ ...session, userAgent, createdAt: now, lastUsedAt: now, expiresAt });
  }

  static async findPrincipal(id: string) {
    const session = await Session.findOne({
      where: { id, ...isAlive() },
      attributes: ['id', 'userId'],
      include: { model: User, as: 'user', attributes: ['role'], required: true },
    });
    return session?.user && { userId: session.userId, sessionId: session.id, role: session.user.role };
  }

  static listAlive(userId: number): Promise<Session[]> {
    const order: [string, string][] = [
      ['createdAt', 'DESC'],
      ['id', 'ASC'],
    ];
    return Session.findAll({ where: { userId, ...isAlive() }, order });
  }

  /**
   * Replaces the refresh token by the next one. Of parallel calls with one token the first rotates and the
   * others, by the condition on the row, see its result; a token that was used before that ends the session.
   *
   * @returns the session with the salt that leads from the presented token to the next, or `undefined`
   */
  static async rotate(id: string, { presentedHash, nextHash, salt, now = new Date() }: Rotation) {
    const [, [rotated]] = await Session.update(
      {
        refreshTokenHash: nextHash,
        previousRefreshTokenHash: presentedHash,
        rotationSalt: salt,
        rotatedAt: now,
        lastUsedAt: now,
      },
      { where: { id, refreshTokenHash: presentedHash, ...isAlive(now) }, returning: true },
    );
    if (rotated) return rotated;
    const session = await Session.findOne({ where: { id, ...isAlive(now) } });
    if (session?.wasJustRotatedFrom(presentedHash, now)) return session;
    await Session.revoke({ id }, { now });
    return undefined;
  }

  /** @returns how many sessions ended by this call */
  static async revoke(which: Which, { now = new Date(), transaction }: { now?: Date; transaction?: Transaction } = {}) {
    const where = { ...which, ...isAlive(now) };
    const [count] = await Session.update({ revokedAt: now }, transaction ? { where, transaction } : { where });
    return count;
  }

  toResponse(currentId: string) {
    const { id, createdAt, lastUsedAt, expiresAt, userAgent } = this;
    const times = { createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt.toISOString() };
    return { id, ...times, expiresAt: expiresAt.toISOString(), userAgent, current: id === currentId };
  }

  private wasJustRotatedFrom(presentedHash: string, now: Date) {
    const { previousRefreshTokenHash: previous, rotatedAt } = this;
    const isPrevious = previous !== null && timingSafeEqual(Buffer.from(previous), Buffer.from(presentedHash));
    return isPrevious && rotatedAt !== null && now.getTime() - rotatedAt.getTime() < graceMs;
  }
}

export function initSession(sequelize: Sequelize): void {
  Session.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      userId: { type: DataTypes.BIGINT, allowNull: false },
      refreshTokenHash: { type: DataTypes.STRING(43), allowNull: false },
      previousRefreshTokenHash: { type: DataTypes.STRING(43) },
      rotationSalt: { type: DataTypes.STRING(43) },
      rotatedAt: { type: DataTypes.DATE },
      createdAt: { type: DataTypes.DATE, allowNull: false },
      lastUsedAt: { type: DataTypes.DATE, allowNull: false },
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      revokedAt: { type: DataTypes.DATE },
      userAgent: { type: DataTypes.TEXT },
    },
    { sequelize, tableName: 'sessions', underscored: true, updatedAt: false },
  );
}

function isAlive(now = new Date()) {
  return {
    revokedAt: null,
    expiresAt: { [Op.gt]: now },
    lastUsedAt: { [Op.gt]: new Date(now.getTime() - idleTimeoutMs) },
  };
}
