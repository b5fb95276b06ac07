/** @jest-environment node */
import { createAccessTokenKeys } from '../../local/access-token-keys';
import { createKeySource } from '../../shared/auth/keys';

async function createJwk() {
  return JSON.parse(await createAccessTokenKeys()).keys[0];
}

test('the first key signs and all verify', async () => {
  const [first, second] = [await createJwk(), await createJwk()];
  const keys = await createKeySource({ read: async () => JSON.stringify({ keys: [first, second] }) })();
  expect(keys.signing.kid).toBe(first.kid);
  expect([...keys.publicKeyByKid.keys()]).toEqual([first.kid, second.kid]);
});

test('the public half shows no private member', async () => {
  const jwk = await createJwk();
  const { publicJwks } = await createKeySource({ read: async () => JSON.stringify({ keys: [jwk] }) })();
  expect(publicJwks).toEqual([{ kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y, kid: jwk.kid, alg: 'ES256', use: 'sig' }]);
});

test('a set is read again after 5 minutes, or 10 s after the last reading for a key it does not hold', async () => {
  const [first, second] = [await createJwk(), await createJwk()];
  let [keys, now, reads] = [[first], 0, 0];
  const getKeys = createKeySource({
    now: () => now,
    read: async () => {
      reads += 1;
      return JSON.stringify({ keys });
    },
  });
  await getKeys();
  keys = [second, first];
  await getKeys(second.kid);
  expect(reads).toBe(1);
  now = 10_000;
  expect((await getKeys(second.kid)).signing.kid).toBe(second.kid);
  await getKeys(first.kid);
  expect(reads).toBe(2);
  now = 10_000 + 5 * 60_000;
  await getKeys();
  expect(reads).toBe(3);
});

test('a reading that failed is not kept', async () => {
  let isReachable = false;
  const getKeys = createKeySource({
    read: async () => {
      if (!isReachable) throw new Error('unreachable');
      return createAccessTokenKeys();
    },
  });
  await expect(getKeys()).rejects.toThrow('unreachable');
  isReachable = true;
  await expect(getKeys()).resolves.toHaveProperty('signing');
});

test.each([
  ['text that is no JSON', 'sekret', /not JSON of the form/],
  ['no keys', '{"keys":[]}', /holds no key/],
  ['a key of another kind', '{"keys":[{"kty":"oct","k":"sekret","kid":"a"}]}', /"a" .* not a private EC P-256 key/],
])('%s is refused without being shown', async (_, text, message) => {
  const getKeys = createKeySource({ read: async () => text });
  await expect(getKeys()).rejects.toThrow(message);
  await expect(getKeys()).rejects.not.toThrow(/sekret/);
});
