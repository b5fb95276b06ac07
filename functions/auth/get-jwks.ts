import { getKeys } from '../../shared/auth/keys';
import { auth } from '../../shared/contract/auth';
import { createHandler } from '../../shared/http/create-handler';

export const handler = createHandler(auth.getJwks, async () => {
  const { publicJwks } = await getKeys();
  return { keys: [...publicJwks] };
});
