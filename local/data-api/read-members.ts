import { ServiceError, validationError } from './service-error';

export type Members = Record<string, unknown>;

/** "The request size limit is 4 MiB", headers and JSON together, as the guide's page on calling the Data API says. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** An integer that a double may not hold. No match lies inside a string, where a quote has a backslash before it. */
const LONG_VALUE = /("longValue"\s*:\s*)(-?\d{16,})(?=\s*[,}])/g;

/** The input of an operation. A longValue of more than 15 digits stays text, as JSON.parse would round it. */
export async function readMembers(request: Request): Promise<Members> {
  const text = await readText(request);
  const members = parse(text.replace(LONG_VALUE, '$1"$2"'));
  if (typeof members !== 'object' || members === null || Array.isArray(members)) throw malformed();
  return members as Members;
}

async function readText(request: Request) {
  const bytes = await request.arrayBuffer();
  const headerBytes = [...request.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes.byteLength + headerBytes > MAX_REQUEST_BYTES) {
    throw new ServiceError('RequestEntityTooLargeException', 'The request is larger than 4 MiB.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function malformed() {
  return validationError('The request body is not a JSON object.');
}
