import * as z from 'zod';
import { defineRoutes } from './route';

export const system = defineRoutes('system', {
  getHealth: {
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'Tell whether the service and its database answer',
    status: 200,
    response: z.strictObject({ status: z.literal('ok'), database: z.literal('ok') }).meta({ id: 'Health' }),
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    summary: 'Get this description of the API',
    status: 200,
    response: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi', description: 'OpenAPI 3.1' }),
    cacheControl: 'public, max-age=300',
    needsDatabase: false,
  },
});
