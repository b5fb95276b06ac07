import { randomUUID } from 'node:crypto';
import { checkMembers } from './check-members';
import { type Call, type Fault, throwFault } from './faults';
import { OPERATIONS, toAnswer } from './operations';
import { type DataApiOptions, toSettings } from './options';
import { type Members, readMembers } from './read-members';
import type { Service } from './service';
import { headersOf, ServiceError } from './service-error';
import { createSessions } from './sessions';
import { Transactions } from './transactions';

export interface DataApi {
  fetch(request: Request): Promise<Response>;
  /** Rolls open transactions back and ends every backend. */
  close(): Promise<void>;
}

/**
 * The RDS Data API, as of Aurora PostgreSQL Serverless v2, in front of a plain PostgreSQL: the wire protocol of AWS's
 * clients, and the service's behaviour down to what it cannot do. Any credentials are good. Where AWS is not known it is
 * stricter, never looser.
 *
 * @example
 * const dataApi = createDataApi({ databaseUrl: 'postgresql://postgres@127.0.0.1:5432/postgres' });
 * const serving = await serve(dataApi.fetch, { port: 54321 });
 */
export function createDataApi(options: DataApiOptions): DataApi {
  const settings = toSettings(options);
  const service = { settings, sessions: createSessions(settings), transactions: new Transactions(settings) };
  let calls = 0;
  return {
    async fetch(request) {
      const requestId = randomUUID();
      try {
        calls += 1;
        return await answer(service, request, calls, requestId);
      } catch (error) {
        return toAnswer(error, settings).toResponse(requestId);
      }
    },
    close() {
      service.transactions.expireAll();
      return service.sessions.close();
    },
  };
}

async function answer(service: Service, request: Request, number: number, requestId: string): Promise<Response> {
  const name = new URL(request.url).pathname.slice(1);
  const operation = request.method === 'POST' ? OPERATIONS.get(name) : undefined;
  if (!operation) throw unknownOperation(name);
  const members = await readMembers(request);
  checkMembers(members, operation.required, service.settings.switches.maxSqlLength);
  const fault = service.settings.faultOf(toCall(name, number, members));
  strikeBefore(fault, service, members);
  const body = await operation.run(service, members);
  throwFault(fault, 'after');
  return new Response(fault?.kind === 'lost-answer' ? lostBody() : body, { headers: headersOf(body, requestId) });
}

/** "Comparing the behaviors": version 2 does not support ExecuteSql; what it answers is not known. */
function unknownOperation(name: string) {
  if (name === 'ExecuteSql') return new ServiceError('BadRequestException', "ExecuteSql isn't supported.");
  return new ServiceError('UnknownOperationException');
}

function toCall(operation: string, number: number, { resourceArn, sql }: Members): Call {
  const call = { operation, number, resourceArn: String(resourceArn) };
  return typeof sql === 'string' ? { ...call, sql } : call;
}

function strikeBefore(fault: Fault | undefined, { transactions }: Service, { transactionId }: Members) {
  throwFault(fault, 'before');
  if (fault?.kind === 'expired-transaction') transactions.expire(String(transactionId));
}

/** Breaks off, so that a server ends the connection. */
function lostBody() {
  return new ReadableStream({ start: (controller) => controller.error(new Error('The answer is lost.')) });
}
