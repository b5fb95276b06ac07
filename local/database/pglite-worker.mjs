// Plain JavaScript: a worker thread is loaded by Node itself, without the TypeScript loader of the main thread.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

let pglite;

parentPort.on('message', async (message) => {
  if (message === 'start') {
    pglite = await PGlite.create(workerData);
    parentPort.postMessage('started');
  } else if (message === 'close') {
    await pglite.close();
    parentPort.postMessage('closed');
  } else {
    const answer = await execute(message);
    parentPort.postMessage(answer, [answer.buffer]);
  }
});

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
