import { formatAddress } from '../../address.ts';
import type { Ask } from './ask-redis.ts';
import { pairs } from './info-fields.ts';

/** What one Sentinel says about the master. */
export type SentinelSays = {
  /** The address it names, under the name people wrote for it where they wrote one. */
  master: string;
  /** The same address in the Sentinel's own words, which its replicas understand. */
  announced: { host: string; port: number };
  flags: string[];
  quorum: number;
  otherSentinels: number;
  downAfterMs: number;
  failoverTimeoutMs: number;
  /** Milliseconds since the master last answered this Sentinel's PING. */
  lastOkPingMs: number;
  /** Milliseconds since the Sentinels agreed that the master is down; 0 while they do not. */
  objectivelyDownMs: number;
  replicas: {
    address: string;
    flags: string[];
    linkOk: boolean;
    priority: number;
    /** For how long it has said that it is a master, where it does. */
    claimsMasterMs?: number;
  }[];
  /** `CKQUORUM`'s own answer. */
  quorumOk: boolean;
  quorumText: string;
};

/** Asks one Sentinel everything it knows about the master. */
export async function sentinelSays(ask: Ask, name: string): Promise<SentinelSays> {
  const [master, replicas, quorum] = await Promise.all([
    ask('SENTINEL', 'MASTER', name),
    ask('SENTINEL', 'REPLICAS', name),
    ask('SENTINEL', 'CKQUORUM', name).then(
      (text) => ({ ok: true, text: String(text) }),
      (error: Error) => {
        // Not allowed to ask is not the same as having no quorum.
        if (error.message.startsWith('NOPERM')) throw error;
        return { ok: false, text: error.message };
      },
    ),
  ]);
  const fields = pairs(master);
  const announced = addressIn(fields);
  return {
    master: formatAddress(announced),
    announced,
    flags: (fields.flags ?? '').split(','),
    quorum: Number(fields.quorum),
    otherSentinels: Number(fields['num-other-sentinels']),
    downAfterMs: Number(fields['down-after-milliseconds']),
    failoverTimeoutMs: Number(fields['failover-timeout']),
    lastOkPingMs: Number(fields['last-ok-ping-reply'] ?? Number.MAX_SAFE_INTEGER),
    objectivelyDownMs: Number(fields['o-down-time'] ?? 0),
    replicas: (replicas as unknown[]).map(pairs).map((replica) => ({
      address: formatAddress(addressIn(replica)),
      flags: (replica.flags ?? '').split(','),
      linkOk: replica['master-link-status'] === 'ok',
      priority: Number(replica['slave-priority']),
      ...(replica['role-reported'] === 'master' && { claimsMasterMs: Number(replica['role-reported-time']) }),
    })),
    quorumOk: quorum.ok,
    quorumText: quorum.text,
  };
}

const addressIn = ({ ip = '', port }: Record<string, string>) => ({ host: ip, port: Number(port) });
