import * as z from 'zod';

/**
 * Text that PostgreSQL can hold: no U+0000, no lone surrogate. Lengths count code points, as PostgreSQL
 * and JSON Schema do, not UTF-16 units.
 */
export function text(min: number, max: number) {
  return z
    .string()
    .refine((value) => value.isWellFormed() && !value.includes('\0'), {
      error: 'holds U+0000 or a lone surrogate, which cannot be stored',
      abort: true,
    })
    .refine((value) => isLengthBetween(value, min, max), { error: `must be ${min} to ${max} characters long` })
    .meta({ minLength: min, maxLength: max });
}

/** Text a person can see: not only white space. */
export function visibleText(min: number, max: number) {
  return text(min, max).refine((value) => /\S/u.test(value), { error: 'must not be blank' });
}

export const id = fromText(/^[0-9]+$/, Number, z.int().min(1));

export const timestamp = z.iso.datetime({ precision: 3 }).meta({ examples: ['2026-01-31T12:00:00.000Z'] });

/** A point in time in a query string, with any offset; PostgreSQL's and JavaScript's years 1 to 9999. */
export const queryTimestamp = z.iso.datetime({ offset: true }).refine(
  (value) => {
    const time = Date.parse(value);
    return time >= Date.parse('0001-01-01T00:00:00Z') && time < Date.parse('+010000-01-01T00:00:00Z');
  },
  { error: 'must lie between the years 1 and 9999' },
);

export const flag = fromText(/^(true|false)$/, (value) => value === 'true', z.boolean());

/** The query of a list that pages by keyset. */
export const pageQuery = {
  limit: fromText(/^-?[0-9]+$/, Number, z.int().min(1).max(100))
    .default(20)
    .meta({ description: '20 unless said' }),
  cursor: z.string().min(1).max(2048).optional().meta({ description: 'the `nextCursor` of the page before' }),
  count: flag.optional().meta({ description: '`true` adds `total`' }),
};

export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: '`null` on the last page' }),
    total: z.int().min(0).optional().meta({ description: 'with `?count=true`' }),
  });
}

/** The body of a PATCH: an object that names at least one member. */
export function changesOf<T extends z.ZodObject>(object: T) {
  return object
    .refine((value) => Object.keys(value).length > 0, { error: 'must change something' })
    .meta({ minProperties: 1 });
}

/** Path and query values arrive as text; a text that does not fit is left for the schema to refuse. */
function fromText<T extends z.ZodType>(pattern: RegExp, convert: (value: string) => unknown, schema: T) {
  return z.preprocess((value) => (typeof value === 'string' && pattern.test(value) ? convert(value) : value), schema);
}

function isLengthBetween(value: string, min: number, max: number) {
  if (value.length > 2 * max) return false;
  const { length } = Array.from(value);
  return length >= min && length <= max;
}
