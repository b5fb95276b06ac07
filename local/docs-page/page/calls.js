/** An answer that is a problem (RFC 9457). */
export class ProblemError extends Error {
  constructor({ detail, code, errors }) {
    super(errors?.map(({ pointer, message }) => `${labelOf(pointer)} ${message}.`).join(' ') ?? detail);
    this.name = 'ProblemError';
    this.code = code;
  }
}

/** Calls the API for the page itself. */
export async function call(method, path, { body, accessToken } = {}) {
  const headers = {};
  if (body) headers['content-type'] = 'application/json';
  if (accessToken) headers.authorization = `Bearer ${accessToken}`;
  const response = await send(path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  const content = text && JSON.parse(text);
  if (!response.ok) throw new ProblemError(content);
  return content;
}

async function send(path, init) {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new Error('The service does not answer. Is it running?', { cause });
  }
}

/** The last step of a JSON Pointer, as a label shows it. */
function labelOf(pointer) {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
