import type { Socket } from 'node:net';

/** No answer of a system that is asked for its state is larger, in bytes: what sends more would fill our memory. */
const mostBytes = 32 * 1024 * 1024;

/** A client library keeps what arrives until a message is whole, so the length is looked at this often, in milliseconds. */
const everyMs = 20;

/** What is watched until `stop`; `tooLarge` says whether it was ended for its size, `heard` whether anything has come at all. */
export type LimitedAnswer = { tooLarge: () => boolean; heard: () => boolean; stop: () => void };

/** Ends a connection whose other side has sent more than any answer has. `socket` is the current one, once there is one. */
export function limitAnswer(socket: () => Socket | undefined): LimitedAnswer {
  let most = 0;
  const look = () => {
    const current = socket();
    most = Math.max(most, current?.bytesRead ?? 0);
    if (most > mostBytes) current?.destroy();
  };
  const timer = setInterval(look, everyMs);
  return {
    tooLarge: () => most > mostBytes,
    heard: () => {
      look();
      return most > 0;
    },
    stop: () => clearInterval(timer),
  };
}
