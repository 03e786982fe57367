import { describe, expect, it } from 'vitest';
import { loadRunbook } from '../../../src/runbook/file/load-runbooks.ts';
import { type PinContext, pinRunbook } from '../../../src/runbook/file/pin-runbook.ts';
import { catalogue } from '../../../src/runbook/registry.ts';
import { joinParts } from '../../../src/runbook/run/join-parts.ts';

const context: PinContext = {
  service: {},
  labels: {},
  language: 'en',
  url: 'https://git.example.com/r.yaml',
};
const pin = async (name: string, service: PinContext['service'], language: 'en' | 'ko' = 'en') => {
  const { runbook } = await loadRunbook(`runbooks/${name}.yaml`, catalogue);
  return pinRunbook(runbook!, catalogue, { ...context, service, language });
};

describe('pinRunbook', () => {
  it('fills in the service, renders the change exactly, and names its check', async () => {
    const pinned = await pin('redis-sentinel', { sentinels: ['a:1', 'b:2'], sentinel_master: 'orders' });
    const failover = pinned.steps.find(({ id }) => id === 'failover')!;
    expect(pinned.run).toBe(`redis-sentinel@${pinned.version}`);
    expect(failover).toMatchObject({
      effect: 'change',
      input: { sentinels: ['a:1', 'b:2'], master: 'orders', nodes: [] },
      target: 'redis-sentinel orders at a:1',
      preview: expect.stringContaining('SENTINEL FAILOVER orders'),
      check: 'failover-check',
      needs: ['sentinel'],
    });
    expect(pinned.steps.find(({ id }) => id === 'failover-check')).toMatchObject({
      needs: ['failover'],
      title: 'Check: Promote a replica',
    });
  });

  it('speaks the language of the channel', async () => {
    const pinned = await pin('redis-sentinel', { sentinels: ['a:1'] }, 'ko');
    expect(pinned.title).toBe('Redis Sentinel 점검');
    expect(pinned.steps.find(({ id }) => id === 'failover')!.preview).toContain('실행합니다');
  });

  it('splits views into one step each, at its location, and lets others wait for all of them', async () => {
    const pinned = await pin('kafka-advertised-listeners', {
      kafka_views: [
        { name: 'inside', bootstrap: 'kafka:29092' },
        { name: 'outside', bootstrap: 'localhost:9092', at: 'office' },
      ],
    });
    expect(pinned.steps.map(({ id, location }) => [id, location])).toEqual([
      ['listeners/inside', null],
      ['listeners/outside', 'office'],
      ['correct', null],
    ]);
    expect(pinned.steps[1]!.input).toEqual({
      views: [{ name: 'outside', bootstrap: 'localhost:9092', at: 'office' }],
      cluster_id: null,
    });
    expect(pinned.steps[2]!.needs).toEqual(['listeners/inside', 'listeners/outside']);
  });

  it('keeps a parameter without a value visible', async () => {
    const pinned = await pin('http-check', {});
    expect(pinned.steps[0]!.input).toMatchObject({ url: `\${http_url}`, status: [200] });
  });
});

describe('joinParts', () => {
  it('takes no two views of one name, of which only one would be looked at', async () => {
    const twice = ['kafka:29092', 'localhost:9092'].map((bootstrap) => ({ name: 'inside', bootstrap }));
    const { steps } = await pin('kafka-advertised-listeners', { kafka_views: twice });
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    const problem = catalogue.get('kafka-listeners')!.input.safeParse(steps[0]!.input).error;
    expect(problem?.issues[0]?.message).toBe('every view needs a name of its own');
  });

  it('takes the worst verdict of the views and keeps their facts apart; unknown is worse than warn', async () => {
    const { steps } = await pin('kafka-advertised-listeners', {
      kafka_views: [
        { name: 'inside', bootstrap: 'a:1' },
        { name: 'outside', bootstrap: 'b:1' },
      ],
    });
    const over = (verdict: 'warn' | 'unknown', facts: object) => ({
      is: 'over' as const,
      report: {
        verdict,
        sentence: '',
        evidence: { columns: [], rows: [] },
        facts: { ...facts },
        startedAt: 0,
        ms: 0,
      },
    });
    const state = steps.map((step, index) => ({
      ...step,
      attempt: 1,
      requestedBy: null,
      requestedAt: 0,
      template: null,
      found: null,
      phase:
        index === 2
          ? { is: 'waiting' as const }
          : index === 0
            ? over('unknown', { n: 1 })
            : over('warn', { n: 2 }),
    }));
    expect(joinParts(state)).toEqual({
      listeners: { verdict: 'unknown', cause: '', facts: { inside: { n: 1 }, outside: { n: 2 } } },
    });
  });
});
