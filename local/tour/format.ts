import { formatTable } from '../format-table';
import { type Answer, isProblem } from './client';

const columns = ['id', 'name', 'title', 'content', 'email', 'role', 'createdAt'];

/** A body as JSON on one line, or with a line for each of its items. */
export function formatBody(body: unknown): string[] {
  const [[name, items] = []] = Object.entries(body as object);
  if (!Array.isArray(items)) return [JSON.stringify(body)];
  const lines = items.map((item, index) => `  ${JSON.stringify(item)}${index < items.length - 1 ? ',' : ''}`);
  return [`{"${name}":[`, ...lines, ']}'];
}

/** An answer for a person to read: tables, no tokens, and of a list only what is to be shown. */
export function formatAnswer({ body }: Answer, isShown: (item: object) => boolean): string[] {
  if (isProblem(body)) return [`${body.code}: ${body.detail}`];
  if (typeof body !== 'object' || body === null) return body === undefined ? [] : [excerpt(String(body))];
  if ('accessToken' in body) return formatTokens(body);
  if ('items' in body && Array.isArray(body.items)) return formatItems(body.items, isShown);
  return formatRows([body]);
}

function formatTokens(tokens: object) {
  const { tokenType, expiresIn } = tokens as { tokenType?: string; expiresIn?: number };
  return [`${tokenType}, good for ${expiresIn} s; the access and the refresh token are not shown here`];
}

function formatItems(items: object[], isShown: (item: object) => boolean) {
  const shown = items.filter(isShown);
  const hidden = items.length - shown.length;
  if (items.length === 0) return ['(none)'];
  return [...formatRows(shown), ...(hidden > 0 ? [`(not of this tour: ${hidden})`] : [])];
}

function formatRows(items: readonly object[]) {
  const [first] = items;
  if (!first) return [];
  const shown = columns.filter((column) => column in first);
  const rows = items.map((item) => shown.map((column) => String((item as Record<string, unknown>)[column])));
  return formatTable([shown, ...rows]);
}

function excerpt(text: string) {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
