import { toTable } from './table';

export type Encoding =
  | 'boolean'
  | 'long'
  | 'float4'
  | 'double'
  | 'numeric'
  | 'text'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'json'
  | 'blob';

export interface TypeRow {
  encoding: Encoding;
  /** Columns of it are on AWS's list of supported types (operations reference). */
  isScalar: boolean;
  /** Its arrays are. */
  isElement: boolean;
  /** java.sql.Types, precision and scale as pgjdbc gives them. */
  jdbcType: number;
  precision: number;
  scale: number;
  /** Bytes in PostgreSQL's binary format; undefined when as long as the text. */
  bytes?: number;
}

const UNBOUNDED = 2_147_483_647;
const VARCHAR = 12;
const OTHER = 1111;

/** Every type that the service returns, by its name in pg_type. */
export const TYPES = toTable<TypeRow>({
  bool: both('boolean', -7, 1, 0, 1),
  int2: both('long', 5, 5, 0, 2),
  int4: both('long', 4, 10, 0, 4),
  int8: both('long', -5, 19, 0, 8),
  // A stringValue: localstack#13050.
  oid: scalar('text', -5, 10, 0, 4),
  float4: both('float4', 7, 8, 8, 4),
  float8: both('double', 8, 17, 17, 8),
  numeric: both('numeric', 2, 0, 0),
  text: both('text', VARCHAR, UNBOUNDED),
  varchar: both('text', VARCHAR, UNBOUNDED),
  bpchar: both('text', 1, UNBOUNDED),
  name: scalar('text', VARCHAR, 63),
  uuid: both('text', OTHER, UNBOUNDED, 0, 16),
  date: both('date', 91, 13, 0, 4),
  time: both('time', 92, 15, 6, 8),
  timestamp: both('timestamp', 93, 29, 6, 8),
  timestamptz: both('timestamptz', 93, 35, 6, 8),
  json: both('json', OTHER, UNBOUNDED),
  jsonb: both('json', OTHER, UNBOUNDED),
  bytea: scalar('blob', -2, UNBOUNDED),
  inet: scalar('text', OTHER, UNBOUNDED),
  cidr: scalar('text', OTHER, UNBOUNDED),
  vector: scalar('text', OTHER, UNBOUNDED),
  // Read back by data-api-client's integration tests; those of other ranges are marked as failing.
  int4range: scalar('text', OTHER, UNBOUNDED),
  numrange: scalar('text', OTHER, UNBOUNDED),
  // BIT[] is on AWS's list of arrays, BIT on no list.
  bit: { ...both('text', -7, UNBOUNDED), isScalar: false },
});

export const ENUM: TypeRow = scalar('text', VARCHAR, UNBOUNDED);
/** For the switch `undocumentedTypes`. */
export const UNDOCUMENTED: TypeRow = both('text', OTHER, UNBOUNDED);

/** "Unsupported data types" of the guide's comparison, and what live runs of others added; no switch allows them. */
export const REFUSED = new Set(
  `char interval timetz money point lseg path box polygon line circle macaddr macaddr8 xml int2vector oidvector record
  void regclass regtype regproc regprocedure regoper regoperator regnamespace regrole regconfig regdictionary
  regcollation`.split(/\s+/),
);

/** Errors name types as Rust's sqlx does: its own types in capitals, all others by their name in pg_type. */
const SQLX_NAMES = new Set(
  `bool bytea name int8 int2 int4 text oid json point lseg path box polygon line cidr float4 float8 unknown circle
  macaddr8 macaddr inet varchar date time timestamp timestamptz interval timetz bit varbit numeric money record uuid
  jsonb void jsonpath int4range numrange tsrange tstzrange daterange int8range`.split(/\s+/),
);

export function toDisplayName(typeName: string): string {
  if (typeName === 'char') return '"CHAR"';
  if (typeName === 'bpchar') return 'CHAR';
  return SQLX_NAMES.has(typeName) ? typeName.toUpperCase() : typeName;
}

function both(encoding: Encoding, jdbcType: number, precision: number, scale = 0, bytes?: number): TypeRow {
  const row = { encoding, isScalar: true, isElement: true, jdbcType, precision, scale };
  return bytes === undefined ? row : { ...row, bytes };
}

function scalar(encoding: Encoding, jdbcType: number, precision: number, scale = 0, bytes?: number): TypeRow {
  return { ...both(encoding, jdbcType, precision, scale, bytes), isElement: false };
}
