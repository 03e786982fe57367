import { connect } from 'node:net';

/**
 * What a server says without being asked, up to `ms` milliseconds; null when nothing. A Redis at its limit of connections writes
 * an error and hangs up, which a client that speaks first only sees as a broken connection.
 */
export function greeting(host: string, port: number, ms: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (text: string | null) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(ms, () => end(null));
    socket.on('error', () => end(null));
    socket.on('close', () => end(null));
    socket.once('data', (bytes) => end(bytes.toString('latin1', 0, 200).split('\r\n')[0] ?? null));
  });
}
