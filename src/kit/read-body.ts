import type { IncomingMessage } from 'node:http';

/**
 * The whole body, `too-large` as soon as it is known to exceed `maxBytes` (nothing more is buffered then), or `gone` when the
 * sender hung up. Never rejects.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        chunks.length = 0;
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('close', () => resolve('gone'));
    request.on('error', () => resolve('gone'));
  });
}

/** How long a sender that is told its body is too large has to read that before the connection ends. */
const lingerMs = 2000;

/**
 * Ends the connection of a request that was answered before its body was read. Not at once: a connection that is closed on
 * unread data is reset, and a reset takes the answer with it.
 */
export function closeUnread(request: IncomingMessage): void {
  if (!request.complete) setTimeout(() => request.complete || request.socket.destroy(), lingerMs).unref();
}
