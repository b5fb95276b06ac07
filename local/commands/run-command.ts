/**
 * Runs an entry point: an error that was foreseen, which has a `code`, is one line and exit code 1; any other is a
 * mistake of ours and shows its stack.
 */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const isForeseen = error instanceof Error && 'code' in error;
    console.error(isForeseen ? error.message : error);
    process.exitCode = 1;
  });
}

/** A command that was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'ERR_USAGE';
}
