import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type Service, startService } from '../../local/start-service';
import { launchChromium } from '../support/chromium';
import { DocsPage, readAnswer } from '../support/docs-page';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
/** Chromium reports every answer of 400 and more. */
const REFUSED = 'Failed to load resource: the server responded with a status of 401 (Unauthorized)';

let dataDir: string;
let service: Service;
let browser: Browser;
let docs: DocsPage;

beforeAll(async () => {
  Object.assign(process.env, { BCRYPT_COST: '4', LOG_LEVEL: 'silent' });
  dataDir = await mkdtemp(join(tmpdir(), 'inkwell-docs-'));
  service = await startService({ port: 0, postgresPort: 0, dataApiPort: 0, dataDir }, () => {});
  browser = await launchChromium();
  const body = JSON.stringify(ada);
  await fetch(`${service.url}/users`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
});

afterAll(async () => {
  await browser?.close();
  await service?.close();
  await rm(dataDir, { recursive: true });
});

beforeEach(async () => {
  docs = new DocsPage(await browser.newPage());
  await docs.page.goto(`${service.url}/docs`);
});

afterEach(async () => {
  const hosts = new Set(docs.requests.map(({ url }) => url.origin));
  const addresses = docs.requests.map(({ url }) => url.href).join('\n');
  await docs.page.context().close();
  expect([...hosts]).toEqual([service.url]);
  expect(addresses).not.toMatch(/[?#].*(mail|password|token|eyJ)/i);
});

test('a person logs in, creates a post and sees it in the list', async () => {
  await docs.logIn(ada);
  await docs.account.getByText('Logged in as Ada').waitFor();
  const created = await docs.tryOut('createPost', { title: 'On engines', content: 'They weave.' });
  expect(created.status).toBe(201);
  const list = await docs.tryOut('listPosts');
  expect(list.status).toBe(200);
  expect(list.text).toContain('"title": "On engines"');
  expect(docs.complaints).toEqual([]);
});

test('a person registers and is logged in', async () => {
  await docs.page.getByRole('button', { name: 'Register', exact: true }).click();
  const form = docs.page.locator('#register');
  await form.getByLabel('Name').fill('Grace');
  await form.getByLabel('E-mail').fill('grace@example.com');
  await form.getByLabel('Password').fill('short');
  await form.getByRole('button', { name: 'Register' }).click();
  await docs.message.getByText('Password must be 8 to 72 characters long.').waitFor();
  await form.getByLabel('Password').fill('battery staple');
  await form.getByRole('button', { name: 'Register' }).click();
  await docs.account.getByText('Logged in as Grace').waitFor();
  expect(await docs.message.innerText()).toBe('');
});

test('a wrong password is told', async () => {
  await docs.logIn({ ...ada, password: 'wrong horse' });
  await docs.message.getByText('The e-mail address or the password is wrong.').waitFor();
  expect(docs.complaints).toEqual([REFUSED]);
});

test('a log-in outlives a reload, and logging out ends its session', async () => {
  await docs.logIn(ada);
  await docs.account.getByText('Logged in as Ada').waitFor();
  await docs.page.reload();
  expect(await docs.tryOut('getMe')).toMatchObject({ status: 200 });
  const stolen = await docs.page.evaluate(() => JSON.parse(String(sessionStorage.getItem('inkwell-tokens'))));
  await docs.account.getByRole('button', { name: 'Log out' }).click();
  await docs.account.getByRole('button', { name: 'Log in' }).waitFor();
  expect(await docs.tryOut('listSessions')).toMatchObject({ status: 401 });
  const headers = { authorization: `Bearer ${stolen.accessToken}` };
  expect(await fetch(`${service.url}/auth/me`, { headers })).toMatchObject({ status: 401 });
});

test('a call that ends the session ends the log-in', async () => {
  await docs.logIn(ada);
  await docs.account.getByText('Logged in as Ada').waitFor();
  expect(await docs.tryOut('logout')).toMatchObject({ status: 204 });
  await docs.message.getByText('Your log-in has ended.').waitFor();
});

test('calls made at once with an access token that has expired share one refresh', async () => {
  await docs.logIn(ada);
  await docs.account.getByText('Logged in as Ada').waitFor();
  const blocks = [await docs.open('getMe'), await docs.open('listSessions')];
  await docs.page.clock.setFixedTime(Date.now() + 16 * 60_000);
  await docs.page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('.execute')) button.click();
  });
  for (const block of blocks) expect(await readAnswer(block)).toMatchObject({ status: 200 });
  expect(docs.requests.filter(({ url }) => url.pathname === '/auth/refresh')).toHaveLength(1);
});

test.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
  await docs.page.emulateMedia({ colorScheme });
  await docs.page.setViewportSize({ width: 390, height: 844 });
  await docs.open('createPost');
  expect(await docs.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
