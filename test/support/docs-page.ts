import type { Locator, Page } from 'playwright-core';

/** The page at `/docs` as a person uses it. */
export class DocsPage {
  readonly requests: { method: string; url: URL }[] = [];
  readonly complaints: string[] = [];
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(10_000);
    page.on('request', (request) => this.requests.push({ method: request.method(), url: new URL(request.url()) }));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  get message() {
    return this.page.getByRole('alert');
  }

  get account() {
    return this.page.getByRole('region', { name: 'Your account' });
  }

  async logIn({ email, password }: { email: string; password: string }) {
    const form = this.page.locator('#log-in');
    await form.getByLabel('E-mail').fill(email);
    await form.getByLabel('Password').fill(password);
    await form.getByRole('button', { name: 'Log in' }).click();
  }

  /** Fills in "Try it out", executes it and reads the answer that is shown. */
  async tryOut(operationId: string, body?: unknown) {
    const block = await this.open(operationId);
    if (body) await block.getByRole('textbox').fill(JSON.stringify(body));
    await block.getByRole('button', { name: 'Execute' }).click();
    return readAnswer(block);
  }

  async open(operationId: string) {
    const block = this.page.locator(`.opblock[id$="-${operationId}"]`);
    const summary = block.locator('.opblock-summary-control');
    if ((await summary.getAttribute('aria-expanded')) === 'false') await summary.click();
    return block;
  }
}

export async function readAnswer(block: Locator) {
  const answer = block.locator('.live-responses-table .response');
  const status = Number(await answer.locator('.response-col_status').innerText());
  return { status, text: await answer.innerText() };
}
