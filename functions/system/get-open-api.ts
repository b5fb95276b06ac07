import { operations } from '../../shared/contract';
import { createOpenApi } from '../../shared/contract/open-api';
import { system } from '../../shared/contract/system';
import { createHandler } from '../../shared/http/create-handler';

const document = createOpenApi(operations);

export const handler = createHandler(system.getOpenApi, async () => document);
