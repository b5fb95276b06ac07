import type { Fetch } from '../serve';
export function withDocs(fetch: Fetch): Fetch {
  return fetch;
}
