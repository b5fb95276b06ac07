import { connect } from 'node:net';

/** Sends text over a new connection and resolves with all that comes back before it is closed. */
export function sendRaw(port: number, ...parts: (string | Buffer)[]) {
  return new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1').on('data', (text) => {
      received += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
    for (const part of parts) socket.write(part);
  });
}

export function getRaw(port: number, target: string, ...lines: string[]) {
  return sendRaw(
    port,
    `${[`GET ${target} HTTP/1.1`, 'Host: inkwell.test', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`,
  );
}
