import { readFile, writeFile } from 'node:fs/promises';
import { operations } from '../../shared/contract';
import { createOpenApi } from '../../shared/contract/open-api';
import { runCommand, UsageError } from './run-command';

const file = 'docs/openapi.json';

runCommand(async () => {
  const text = `${JSON.stringify(createOpenApi(operations), null, 2)}\n`;
  if (!process.argv.includes('--check')) return writeFile(file, text);
  if ((await readFile(file, 'utf8')) !== text) {
    throw new UsageError(`${file} is not what the contract says. Run npm run openapi and commit it.`);
  }
});
