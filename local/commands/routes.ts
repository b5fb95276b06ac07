import { operations } from '../../shared/contract';
import { formatTable } from '../format-table';
import { runCommand } from './run-command';

runCommand(async () => {
  const rows = operations.map(({ method, path, access, functionName, entry }) => [
    method,
    path,
    access,
    functionName,
    `${entry}.ts`,
  ]);
  console.log(formatTable([['METHOD', 'PATH', 'ACCESS', 'FUNCTION', 'FILE'], ...rows]).join('\n'));
});
