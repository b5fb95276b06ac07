// Plain JavaScript: a worker thread is loaded by Node itself, without the TypeScript loader of the main thread.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

let pglite;

parentPort.on('message', async (message) => {
  if (message === 'start') {
    pglite = await open(workerData);
    parentPort.postMessage('started');
  } else if (message === 'close') {
    await pglite.close();
    parentPort.postMessage('closed');
  } else {
    const answer = await execute(message);
    parentPort.postMessage(answer, [answer.buffer]);
  }
});

/** A database in memory can only be entered on a second start, so its cluster is handed from one to the next. */
async function open({ dataDir, database }) {
  if (dataDir !== undefined) return PGlite.create({ dataDir, database });
  const first = await PGlite.create();
  await first.exec(`CREATE DATABASE ${database}`);
  const loadDataDir = await first.dumpDataDir('none');
  await first.close();
  return PGlite.create({ loadDataDir, database });
}

/** Throws only when PostgreSQL itself has exited; that ends this thread, and its owner learns the reason. */
async function execute(message) {
  const chunks = [];
  // A chunk is a view of PGlite's memory, which the next one overwrites: copy it.
  await pglite.execProtocolRawStream(message, { onRawData: (chunk) => chunks.push(chunk.slice()) });
  const answer = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    answer.set(chunk, offset);
    offset += chunk.length;
  }
  return answer;
}
