import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedDatabaseError } from './errors';

/**
 * Takes the lock file beside a data folder and returns its release. Node has no flock(2), so the file names its owner:
 * it counts only as long as that very process lives, and survives neither a kill nor a reuse of the process id.
 */
export function lockFolder(folder: string): () => void {
  const lock = `${folder}.lock`;
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, describeProcess(process.pid));
  try {
    while (!tryLink(own, lock)) removeStale(lock, folder);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

/** link(2) is atomic and brings the content along: nobody ever sees a lock without its owner's name. */
function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale(lock: string, folder: string): void {
  const owner = readIfExists(lock);
  if (owner === undefined) return;
  const pid = Number.parseInt(owner, 10);
  if (isAlive(pid) && describeProcess(pid) === owner) {
    const message = `The data folder ${folder} is in use by process ${pid}. Stop that process, or set DATA_DIR to another folder.`;
    throw new EmbeddedDatabaseError('DATA_FOLDER_IN_USE', message);
  }
  moveAside(lock, owner);
}

/** Two processes may find the same stale lock; the slower one must not remove the faster one's new lock. */
function moveAside(lock: string, owner: string): void {
  const aside = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (readIfExists(aside) !== owner) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process id, and on Linux its start time: in a container each start may get the same id. */
function describeProcess(pid: number): string {
  const startTime = readIfExists(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19];
  return startTime ? `${pid} ${startTime}` : `${pid}`;
}

function readIfExists(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
