import type { Language, Verdict } from '../../../incident/words.ts';
import { formatDuration } from '../../../kit/duration.ts';
import { type Finding, leading } from '../../finding.ts';
import { formatBytes } from '../../format-bytes.ts';
import type { StepResult } from '../../step.ts';
import type { Answer, Unanswered } from './ask-redis.ts';
import { nodeHealthEvidence } from './node-health-evidence.ts';
import { type NodeHealthMessages, nodeHealthMessages } from './node-health-messages.ts';
import type { NodeHealth } from './node-health-view.ts';
import { sentinelMessages } from './sentinel-messages.ts';

/** From when on memory and connections are a warning, whether an append-only file is expected, and the time. */
export type NodeHealthLimits = { percent: number; aof: boolean; now: number };

/** What the way in which a node does not answer proves; from elsewhere it may still be reachable in the other ways. */
const downBy: Partial<Record<Unanswered, string>> = { refused: 'node-crashed', silent: 'node-frozen' };

/** Memory hovers round its limit when it is full: this near, with refusals counted, is full. */
const fullFrom = 0.98;

/** Turns what the nodes say of themselves into verdict, cause, sentence, evidence and facts; the worst node speaks. Pure. */
export function judgeNodeHealth(
  answers: Answer<NodeHealth>[],
  limits: NodeHealthLimits,
  language: Language,
): StepResult {
  const say = nodeHealthMessages(language);
  const unanswered = sentinelMessages(language).unanswered;
  const findings = answers.flatMap((answer): Finding[] => {
    const { address } = answer;
    if (answer.state === 'answered') return findingsOf(address, answer.value, limits, say);
    if (/max number of clients/i.test(answer.reason)) {
      return [{ verdict: 'fail', sentence: say.connectionsRefused(address), cause: 'max-clients-reached' }];
    }
    if (/LOADING/.test(answer.reason)) return [{ verdict: 'warn', sentence: say.loading(address) }];
    if (answer.state === 'denied')
      return [{ verdict: 'unknown', sentence: say.denied(address, answer.reason) }];
    if (answer.state === 'rejected')
      return [{ verdict: 'unknown', sentence: say.rejected(address, answer.reason) }];
    const sentence = say.gone(address, unanswered[answer.state]);
    const cause = downBy[answer.state];
    return [{ verdict: cause === undefined ? 'unknown' : 'fail', sentence, cause }];
  });
  return {
    ...leading(findings, say.healthy(answers.length)),
    evidence: nodeHealthEvidence(answers, limits.now, say, unanswered),
    facts: {
      nodes: answers.length,
      answered: answers.filter(({ state }) => state === 'answered').length,
      causes: [...new Set(findings.flatMap(({ cause }) => cause ?? []))],
    },
  };
}

function findingsOf(
  address: string,
  { loading, aof, rdb, memory, clients, refused, role }: NodeHealth,
  limits: NodeHealthLimits,
  say: NodeHealthMessages,
): Finding[] {
  const findings: Finding[] = [];
  const add = (verdict: Verdict, sentence: string, cause?: string) =>
    findings.push({ verdict, sentence, cause });
  if (aof.on && !aof.lastWriteOk) add('fail', say.aofWrite(address), 'aof-write-error');
  if (!rdb.lastSaveOk) {
    const since = formatDuration(Math.max(0, limits.now - rdb.lastSaveAt));
    add('fail', say.rdbSave(address, since), 'rdb-save-failed');
  }
  const share = memory.max === 0 ? 0 : memory.used / memory.max;
  // A volatile-… policy evicts only keys that have an expiry.
  const evictsNothing =
    memory.policy === 'noeviction' || (memory.policy.startsWith('volatile') && memory.expiringKeys === 0);
  // A replica keeps what its master sends, whatever its own limit (replica-ignore-maxmemory).
  if (role === 'master' && evictsNothing) {
    if (share >= 1 || (share >= fullFrom && refused.memory > 0)) {
      const [used, max] = [formatBytes(memory.used), formatBytes(memory.max)];
      add('fail', say.memoryFull(address, used, max, memory.policy), 'maxmemory-reached');
    } else if (share * 100 >= limits.percent) {
      add('warn', say.memoryNear(address, Math.round(share * 100), memory.policy));
    }
  }
  if (aof.on && !aof.lastRewriteOk) add('fail', say.aofRewrite(address), 'aof-rewrite-failed');
  if (loading) add('warn', say.loading(address));
  if (clients.max !== null && clients.connected * 100 >= clients.max * limits.percent) {
    add('warn', say.clientsNear(address, clients.connected, clients.max));
  }
  if (limits.aof && !aof.on) add('warn', say.noAof(address));
  return findings;
}
