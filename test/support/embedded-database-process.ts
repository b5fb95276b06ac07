import { startEmbeddedDatabase } from '../../local/database';

/** A process of its own that a test can kill: prints the URL of the database in the given folder, and stays. */
startEmbeddedDatabase({ dataDir: process.argv[2] as string }).then(
  ({ url }) => console.log(url),
  (error) => {
    console.log(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  },
);
