import { ProtocolError, toMessage } from './messages';

const SSL_REQUEST = 80877103;
const GSS_ENCRYPTION_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** The first packet of a connection, told apart by the number after its length. */
export type StartupPacket =
  | { kind: 'encryption' }
  | { kind: 'cancel' }
  | { kind: 'unsupported'; version: string }
  | { kind: 'startup'; database: string; settings: [name: string, value: string][]; negotiation: Buffer };

export function parseStartupPacket(packet: Buffer): StartupPacket {
  if (packet.length < 8) throw new ProtocolError(`invalid length of startup packet ${packet.length}`);
  const code = packet.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_ENCRYPTION_REQUEST) return { kind: 'encryption' };
  if (code === CANCEL_REQUEST) return { kind: 'cancel' };
  const [major, minor] = [packet.readInt16BE(4), packet.readInt16BE(6)];
  if (major !== 3) return { kind: 'unsupported', version: `${major}.${minor}` };
  return toStartup(readParameters(packet), minor);
}

function readParameters(packet: Buffer): Map<string, string> {
  const texts = packet.toString('utf8', 8).split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; texts[index]; index += 2) parameters.set(texts[index] as string, texts[index + 1] ?? '');
  return parameters;
}

function toStartup(parameters: Map<string, string>, minor: number): StartupPacket {
  const extensions = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
  const database = parameters.get('database') || parameters.get('user') || '';
  const settings = readOptions(parameters.get('options') ?? '');
  for (const [name, value] of parameters) {
    if (!['user', 'database', 'options', 'replication', ...extensions].includes(name)) settings.push([name, value]);
  }
  const negotiation = minor > 0 || extensions.length > 0 ? toNegotiateProtocolVersion(extensions) : Buffer.alloc(0);
  return { kind: 'startup', database, settings, negotiation };
}

/** `options` holds server arguments: `-c name=value` or `--name=value`, a backslash escapes a space. */
function readOptions(options: string): [string, string][] {
  const words = (options.match(/(?:\\.|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\(.)/g, '$1'));
  const settings: [string, string][] = [];
  for (const word of words) {
    const match = /^(?:--|-c)?([^=-][^=]*)=(.*)$/s.exec(word);
    if (match) settings.push([(match[1] as string).replaceAll('-', '_'), match[2] as string]);
  }
  return settings;
}

/** We speak protocol 3.0 and none of the `_pq_` extensions. */
function toNegotiateProtocolVersion(extensions: string[]): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeInt32BE(0x30000, 0);
  numbers.writeInt32BE(extensions.length, 4);
  return toMessage('v', numbers, ...extensions);
}

/** The startup packet that makes PGlite answer with what every client must be told, then with ReadyForQuery. */
export function toStartupPacket(): Buffer {
  const content = Buffer.from('\0\0\0\0\0\x03\0\0user\0postgres\0\0', 'latin1');
  content.writeInt32BE(content.length, 0);
  return content;
}
