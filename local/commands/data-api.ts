import { closeOnSignal } from '../close-on-signal';
import { createDataApi } from '../data-api/create-data-api';
import { openDatabase } from '../open-database';
import { serve } from '../serve';
import { readSettings } from '../settings';
import { withoutPassword } from '../without-password';
import { runCommand } from './run-command';

/** The RDS Data API alone, in front of DATABASE_URL or of the embedded database. */
runCommand(async () => {
  const settings = readSettings();
  const database = await openDatabase(settings, { port: settings.postgresPort });
  const dataApi = createDataApi({ databaseUrl: database.url });
  try {
    const serving = await serve(dataApi.fetch, { port: settings.dataApiPort, portVariable: 'DATA_API_PORT' });
    printWelcome(serving.url, database.url);
    closeOnSignal(async () => {
      await serving.close();
      await dataApi.close();
      await database.close();
    });
  } catch (error) {
    await dataApi.close();
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
