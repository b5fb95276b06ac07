import { createGateway } from '../local/gateway/create-gateway';
import { operations } from '../shared/contract';
import { encodeCursor } from '../shared/db/cursor';
import { median, ratio, time } from './measure';
import type { Result } from './result';

const pageNumber = 50_000;
const pageSize = 20;

/** The last page of 50,000 against the first, by the time of the newest posts. */
export async function benchPaging(): Promise<Result> {
  const gateway = createGateway(operations, (operation) => import(`../${operation.entry}`));
  const list = async (query: string) => {
    const response = await gateway.fetch(new Request(`http://localhost/posts${query}`));
    const { items } = (await response.json()) as { items: unknown[] };
    if (items.length !== pageSize) throw new Error(`GET /posts${query} answered ${response.status}`);
  };
  const last = `?cursor=${await cursorBefore(pageNumber)}`;
  const medianOf = async (query: string) => median(await time(100, () => list(query)));
  const value = await ratio(
    9,
    () => medianOf(last),
    () => medianOf(''),
  );
  return { name: 'page 50,000 against page 1 of 1,000,000 posts', value, unit: 'x', bound: { atMost: 1.2 } };
}

/** Walking there by 50,000 requests would measure the same thing 50,000 times. */
async function cursorBefore(page: number) {
  const { Post } = await import('../shared/db');
  const order: [string, string][] = [
    ['createdAt', 'DESC'],
    ['id', 'DESC'],
  ];
  const post = await Post.findOne({ order, offset: (page - 1) * pageSize - 1, rejectOnEmpty: true });
  const scope = JSON.stringify(['Post', '-createdAt', {}]);
  return encodeCursor({ value: post.createdAt.toISOString(), id: post.id }, scope);
}
