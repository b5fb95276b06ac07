/** Whether a REST API with these binary media types takes a body of this content type for binary. */
export function isBinary(binaryMediaTypes: readonly string[], mediaTypes: string | undefined) {
  const first = mediaTypes?.split(/[,;]/, 1)[0]?.trim().toLowerCase();
  return binaryMediaTypes.some((pattern) => {
    if (pattern === '*/*' || pattern === first) return true;
    return pattern.endsWith('/*') && first?.startsWith(pattern.slice(0, -1)) === true;
  });
}

const TEXT = /^(text\/.*|application\/(.*\+)?(json|xml)|application\/javascript)$/;

/** An HTTP API tells by the content type alone. */
export function isText(contentType: string | undefined) {
  return TEXT.test(contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}
