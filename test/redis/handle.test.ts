import { beforeEach, expect, it } from 'vitest';
import { keys } from '../../src/redis/keys.ts';
import { person, receive, t0 } from '../incident/given.ts';
import { describeWithRedis, useStore } from './store.ts';

describeWithRedis('handle', () => {
  const store = useStore({ now: t0 });
  beforeEach(async () => {
    await store().redis.flushall();
    await store().ingest({ command: receive(), digest: 'd', treatment: 'open' });
  });

  it('loses nothing when fifty people write a note at once', async () => {
    const notes = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(
      notes.map((n) =>
        store().handle(1, {
          type: 'AddNote',
          at: t0 + n,
          by: person(`p${n}`),
          text: `note ${n}`,
          writtenAt: t0 + n,
          author: `p${n}`,
          permalink: null,
        }),
      ),
    );
    const incident = await store().find.byId(1);
    const texts = incident?.events.flatMap((event) => (event.type === 'NoteAdded' ? [event.text] : []));
    expect(new Set(texts)).toEqual(new Set(notes.map((n) => `note ${n}`)));
    expect(texts).toHaveLength(50);
    expect(await store().redis.xlen(keys.log(1))).toBe(incident?.version);
  });

  it('answers a command to an incident that is not there with a refusal', async () => {
    expect(await store().handle(99, { type: 'Acknowledge', at: t0, by: person('minji') })).toEqual({
      refused: 'no-incident',
    });
  });

  it('finds an incident by its channel from the moment that the channel is recorded', async () => {
    await store().handle(1, { type: 'RecordChannel', at: t0, by: person('x'), channel: 'C1', name: 'inc-1' });
    expect(await store().find.byChannel('C1')).toBe(1);
  });

  it('wakes the rooms that an event interests', async () => {
    store().woken.length = 0;
    await store().handle(1, { type: 'Acknowledge', at: t0, by: person('minji') });
    expect(store().woken.map(({ room }) => room)).toEqual(['paging', 'slack', 'clock']);
  });

  it('refuses to write on a log that was lost, instead of spinning', async () => {
    await store().redis.flushall();
    const outcome = await store().handle(1, { type: 'Acknowledge', at: t0, by: person('minji') });
    expect(outcome).toEqual({ refused: 'no-incident' });
  });
});
