/** @jest-environment node */
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../shared/db/cursor';

const position = fc.record({ value: fc.string(), id: fc.integer({ min: 1 }) });

test('a cursor leads back to its position in its scope and to none in another', () => {
  fc.assert(
    fc.property(position, fc.string(), fc.string(), (at, scope, other) => {
      const cursor = encodeCursor(at, scope);
      expect(decodeCursor(cursor, scope)).toEqual(at);
      if (other !== scope) expect(() => decodeCursor(cursor, other)).toThrow(/is not a cursor of this list/);
    }),
  );
});

test('a cursor with any one character changed is refused', () => {
  const cursor = encodeCursor({ value: '2026-01-31T12:00:00.000Z', id: 7 }, 'posts');
  for (let index = 0; index < cursor.length; index += 1) {
    const changed = cursor.slice(0, index) + (cursor[index] === 'A' ? 'B' : 'A') + cursor.slice(index + 1);
    expect(() => decodeCursor(changed, 'posts')).toThrow(expect.objectContaining({ code: 'validation-failed' }));
  }
});

test('what is no cursor at all is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text, 'posts')).toThrow(expect.objectContaining({ code: 'validation-failed' }));
    }),
  );
});
