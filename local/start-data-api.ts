import { createDataApi } from './data-api/create-data-api';
import { serve } from './serve';

export interface DataApiService {
  url: string;
  close(): Promise<void>;
}

/** Serves the RDS Data API in front of a database on loopback; any ARNs and credentials are good. */
export async function startDataApi(databaseUrl: string, port: number): Promise<DataApiService> {
  const dataApi = createDataApi({ databaseUrl });
  try {
    const serving = await serve(dataApi.fetch, { port, portVariable: 'DATA_API_PORT' });
    return { url: serving.url, close: () => serving.close().then(() => dataApi.close()) };
  } catch (error) {
    await dataApi.close();
    throw error;
  }
}
