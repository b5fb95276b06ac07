import { getAccessToken } from './tokens.js';

const DESCRIPTION_URL = new URL('openapi.json', location.href).href;

/** Swagger UI, whose calls carry the access token of whoever is logged in. */
export function createReference(domNode, { onAnswer }) {
  globalThis.SwaggerUIBundle({
    domNode,
    url: DESCRIPTION_URL,
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    plugins: [withPageLogIn],
    requestInterceptor: authorize,
    responseInterceptor(response) {
      if (response.url !== DESCRIPTION_URL) onAnswer();
      return response;
    },
  });
}

/** The token goes to this service alone, whatever address the description names. */
async function authorize(request) {
  if (request.loadSpec || new URL(request.url).origin !== location.origin) return request;
  const accessToken = await getAccessToken();
  if (accessToken) request.headers.Authorization = `Bearer ${accessToken}`;
  return request;
}

/** The page's own log-in takes the place of Swagger UI's dialog for a pasted token. */
function withPageLogIn({ React }) {
  const NeedsLogIn = () => React.createElement('span', { className: 'needs-log-in' }, 'needs log-in');
  return { components: { authorizeOperationBtn: NeedsLogIn } };
}
