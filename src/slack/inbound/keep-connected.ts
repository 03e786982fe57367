import { setTimeout } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { reasonOf } from '../../kit/failure.ts';
import type { Log } from '../../kit/log.ts';

const shortestWaitMs = 500;
const longestWaitMs = 5000;

/** A Socket Mode connection that is kept for ever. */
export type Connection = { start: () => Promise<void>; stop: () => void };

/**
 * Keeps a receiver connected until it is stopped: whatever ends a connection, a new one follows, with growing waits of at most
 * five seconds. The SDK's own reconnect is switched off for this: it waits five seconds first, and a revoked token meets it in
 * a timer, where its error would end the process. `start` rejects when the very first connection is refused for good.
 */
export function keepConnected({ client }: SocketModeReceiver, log: Log): Connection {
  const stopped = new AbortController();
  let connecting = false;

  async function reconnect(): Promise<void> {
    for (
      let waitMs = shortestWaitMs;
      !stopped.signal.aborted;
      waitMs = Math.min(waitMs * 1.5, longestWaitMs)
    ) {
      try {
        await client.start();
        return log.info({}, 'Connected to Slack again');
      } catch (error) {
        log.error({ reason: reasonOf(error) }, 'Slack refused a new connection; it is tried again');
        await setTimeout(waitMs, undefined, { signal: stopped.signal }).catch(() => {});
      }
    }
  }

  function onLost(): void {
    if (connecting || stopped.signal.aborted) return;
    connecting = true;
    void reconnect().finally(() => {
      connecting = false;
    });
  }

  return {
    async start() {
      await client.start();
      client.on('disconnected', onLost);
    },
    stop() {
      stopped.abort();
      // Its promise waits for a close that a connection already lost never reports.
      void client.disconnect();
    },
  };
}
