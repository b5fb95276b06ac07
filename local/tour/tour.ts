import { isDeepStrictEqual } from 'node:util';
import { type Admin, type Credentials, hireGuide, logInAdmin } from './admin';
import { type Cast, createCast, emailsOf } from './cast';
import { deleteLeftovers, deletePeople } from './clean-up';
import { type Client, createClient, describeStatus, isProblem } from './client';
import { InterruptedError, StepFailedError, TourError } from './failures';
import { createPrinter, type Printer } from './printer';
import { createScene, type Stage } from './scene';
import { story } from './story';

export interface TourOptions {
  /** Where the API is, without a slash at the end. */
  url: string;
  /** An admin's; without them the tour makes itself a temporary one. */
  credentials?: Credentials | undefined;
  /** Makes the registered user with this address an admin. */
  promote(email: string): Promise<unknown>;
  print(line: string): void;
  isColored?: boolean;
  /** Aborted, it ends the tour early, but not before it has cleaned up. */
  signal?: AbortSignal;
}

/**
 * Plays the story against a running service and leaves nothing behind.
 *
 * @returns the exit code: 1 when anything is not as told, 130 when it was interrupted
 * @throws {TourError} when it cannot begin
 */
export async function runTour(options: TourOptions): Promise<0 | 1 | 130> {
  const { url, signal = new AbortController().signal } = options;
  const startedAt = performance.now();
  const printer = createPrinter({ isColored: false, ...options });
  const client = createClient(url);
  await assertInkwell(client, url);
  printer.line(`A tour of ${url}`);
  const cast = createCast();
  const admin = await findAdmin(client, cast, options, printer);
  const failures = await play({ client, printer, cast, admin, signal }, admin);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (failures.length === 0) printer.line(`\n${story.length} steps in ${seconds} s, all as told.`);
  for (const failure of failures) printer.failure(failure);
  if (failures.every(isOfStory)) printer.line("The tour's users and posts are deleted again.");
  return exitCodeOf(failures);
}

function isOfStory(failure: Error) {
  return failure instanceof StepFailedError || failure instanceof InterruptedError;
}

function exitCodeOf(failures: Error[]) {
  if (failures.length === 0) return 0;
  return failures.every((failure) => failure instanceof InterruptedError) ? 130 : 1;
}

/** @throws {TourError} when no service answers, an ill one or another one */
async function assertInkwell(client: Client, url: string) {
  const { status, body } = await client('GET /health').catch((error: TourError) => {
    throw new TourError(`${error.message} Start it with npm start, or name another with --url.`, { cause: error });
  });
  if (isProblem(body)) throw new TourError(`The service at ${url} is not well. ${body.code}: ${body.detail}`);
  if (isDeepStrictEqual(body, { status: 'ok', database: 'ok' })) return;
  throw new TourError(`What answers at ${url} is not Inkwell: its GET /health answers ${describeStatus(status)}.`);
}

async function findAdmin(client: Client, { guide }: Cast, { credentials, promote }: TourOptions, printer: Printer) {
  if (credentials) {
    printer.line(`Calls "as the admin" are made by ${credentials.email}.`);
    return logInAdmin(client, credentials);
  }
  printer.line(`Calls "as the admin" are made by ${guide.email}, who is there only for the tour.`);
  return hireGuide(client, guide, promote);
}

/** Cleans up whatever happens. */
async function play(stage: Stage, admin: Admin): Promise<Error[]> {
  const { client, cast } = stage;
  const failures: Error[] = [];
  const people = emailsOf(cast).filter((email) => email !== cast.guide.email);
  for (const act of [() => tell(stage, admin), () => deletePeople(client, admin, people), admin.leave]) {
    await act().catch((error) => failures.push(error));
  }
  return failures;
}

/** @throws {StepFailedError | InterruptedError} */
async function tell(stage: Stage, admin: Admin) {
  const { printer, client } = stage;
  const count = await deleteLeftovers(client, admin);
  if (count > 0) printer.line(`Deleted what was left of earlier tours that were killed: ${count}.`);
  const scene = createScene(stage);
  for (const [index, { title, play }] of story.entries()) {
    stage.signal.throwIfAborted();
    printer.title(index + 1, title);
    await play(scene).catch((error) => {
      throw error instanceof InterruptedError ? error : new StepFailedError(index + 1, title, error);
    });
  }
}
