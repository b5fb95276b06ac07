import { closeOnSignal } from '../close-on-signal';
import { openDatabase } from '../open-database';
import { readSettings } from '../settings';
import { startDataApi } from '../start-data-api';
import { withoutPassword } from '../without-password';
import { runCommand } from './run-command';

/** The RDS Data API alone, in front of DATABASE_URL or of the embedded database. */
runCommand(async () => {
  const settings = readSettings();
  const database = await openDatabase(settings, { port: settings.postgresPort });
  try {
    const dataApi = await startDataApi(database.url, settings.dataApiPort);
    printWelcome(dataApi.url, database.url);
    closeOnSignal(async () => {
      await dataApi.close();
      await database.close();
    });
  } catch (error) {
    await database.close();
    throw error;
  }
});

function printWelcome(url: string, databaseUrl: string) {
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  console.log(`
  RDS Data API  ${url}
  PostgreSQL    psql ${withoutPassword(databaseUrl)}

Point any AWS client at it; it takes any credentials and any ARNs:

  export AWS_ENDPOINT_URL_RDS_DATA=${url}
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local

  aws rds-data execute-statement --database ${name} --sql 'select version()' \\
    --resource-arn arn:aws:rds:us-east-1:000000000000:cluster:local \\
    --secret-arn arn:aws:secretsmanager:us-east-1:000000000000:secret:local

Ctrl-C stops it.
`);
}
