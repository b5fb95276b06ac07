import { dropTemplate } from './test-database';

export default async function globalTeardown(): Promise<void> {
  await dropTemplate(process.env.TEST_TEMPLATE ?? '');
}
