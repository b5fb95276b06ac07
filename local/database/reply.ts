import { readCString } from './messages';

/** What PostgreSQL answered, and what the answer says about the backend. */
export interface Reply {
  /** The messages for the client. */
  bytes: Buffer;
  /** ReadyForQuery's: idle, in a transaction, in a failed one; undefined when the round trip has not ended. */
  status: 'I' | 'T' | 'E' | undefined;
  hasChangedSettings: boolean;
  error: { sqlState: string; message: string } | undefined;
  /** ParameterStatus messages alone. */
  parameterStatus: Buffer[];
}

const SETTING_TAGS = /^(SET|RESET|DISCARD ALL)$/;

export function readReply(answer: Buffer): Reply {
  const reply: Reply = {
    bytes: answer,
    status: undefined,
    hasChangedSettings: false,
    error: undefined,
    parameterStatus: [],
  };
  const kept: Buffer[] = [];
  for (let start = 0; start < answer.length; ) {
    const end = start + 1 + answer.readInt32BE(start + 1);
    const message = answer.subarray(start, end);
    readMessage(message, reply);
    // CopyInResponse is sent by the session, before it collects the rows to copy.
    if (message[0] !== 0x47) kept.push(message);
    start = end;
  }
  if (kept.reduce((size, message) => size + message.length, 0) < answer.length) reply.bytes = Buffer.concat(kept);
  return reply;
}

function readMessage(message: Buffer, reply: Reply): void {
  switch (String.fromCharCode(message[0] as number)) {
    case 'Z':
      reply.status = message.toString('latin1', 5, 6) as 'I' | 'T' | 'E';
      break;
    case 'C':
      reply.hasChangedSettings ||= SETTING_TAGS.test(readCString(message, 5));
      break;
    case 'E':
      reply.error ??= readError(message);
      break;
    case 'S':
      reply.parameterStatus.push(message);
      break;
  }
}

function readError(message: Buffer): { sqlState: string; message: string } {
  const fields = message.toString('utf8', 5).split('\0');
  const field = (name: string) => fields.find((text) => text.startsWith(name))?.slice(1) ?? '';
  return { sqlState: field('C'), message: field('M') };
}
