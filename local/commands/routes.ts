import { operations } from '../../shared/contract';
import { runCommand } from './run-command';

runCommand(async () => {
  const rows = operations.map(({ method, path, access, functionName, entry }) => [
    method,
    path,
    access,
    functionName,
    `${entry}.ts`,
  ]);
  printTable([['METHOD', 'PATH', 'ACCESS', 'FUNCTION', 'FILE'], ...rows]);
});

function printTable(rows: string[][]) {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
