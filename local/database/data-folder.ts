import { accessSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createEngine, createEngineOnNewCluster, type Engine } from './engine';
import { EmbeddedDatabaseError } from './errors';
import { lockFolder } from './folder-lock';

/** The PostgreSQL inside PGlite; another major's data folder cannot be read. */
const POSTGRES_MAJOR = '18';

/** Makes the folder usable and locks it; returns the release. */
export function claimFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return lockFolder(folder);
  } catch (error) {
    throw error instanceof EmbeddedDatabaseError ? error : toFolderError(error as NodeJS.ErrnoException, folder);
  }
}

/**
 * Leaves a cluster with the database in the claimed folder, or throws what is wrong with its content. A new cluster
 * is made beside the folder and moved there when it is complete, so a half-made one never counts as data.
 */
export async function fillFolder(folder: string, database: string): Promise<void> {
  removeDrafts(folder);
  const files = readdirSync(folder);
  if (files.length > 0) return assertCluster(folder, files);
  const draft = `${folder}.init-${process.pid}`;
  mkdirSync(draft);
  const engine = await createEngineOnNewCluster(database, { dataDir: draft });
  await engine.close();
  rmdirSync(folder);
  renameSync(draft, folder);
}

/** Starts PostgreSQL on a filled folder. */
export async function openCluster(folder: string, database: string): Promise<Engine> {
  try {
    return await createEngine({ dataDir: folder, database });
  } catch (cause) {
    const message = `The data folder ${folder} is damaged: the embedded PostgreSQL does not start on it. Restore it from a copy, or set DATA_DIR to another folder.`;
    throw new EmbeddedDatabaseError('DATA_FOLDER_BROKEN', message, { cause });
  }
}

function toFolderError(error: NodeJS.ErrnoException, folder: string): EmbeddedDatabaseError {
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR') {
    const message = `The data folder ${folder} is, or lies below, a file. Remove that file, or set DATA_DIR to another folder.`;
    return new EmbeddedDatabaseError('DATA_FOLDER_NOT_A_FOLDER', message, { cause: error });
  }
  const message = `The data folder ${folder} is not writable (${error.code}). Make it writable, or set DATA_DIR to another folder.`;
  return new EmbeddedDatabaseError('DATA_FOLDER_NOT_WRITABLE', message, { cause: error });
}

function assertCluster(folder: string, files: string[]): void {
  const version = files.includes('PG_VERSION') ? readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim() : undefined;
  if (version === POSTGRES_MAJOR) return;
  if (version === undefined || !files.includes('global')) {
    const message = `The data folder ${folder} has files in it but no PostgreSQL data. Set DATA_DIR to an empty folder or to one made by Inkwell.`;
    throw new EmbeddedDatabaseError('DATA_FOLDER_NOT_A_CLUSTER', message);
  }
  const message = `The data folder ${folder} was made by PostgreSQL ${version}, and the embedded PostgreSQL is ${POSTGRES_MAJOR}. Set DATA_DIR to another folder.`;
  throw new EmbeddedDatabaseError('DATA_FOLDER_OTHER_VERSION', message);
}

/** The folder is locked, so whoever began these is dead. */
function removeDrafts(folder: string): void {
  const prefix = `${basename(folder)}.init-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(folder), name), { recursive: true });
  }
}
