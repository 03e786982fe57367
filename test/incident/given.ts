import type { Command, Opening, Treatments } from '../../src/incident/commands.ts';
import { isRefusal } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Incident, IncidentState } from '../../src/incident/state.ts';
import type { Actor, Alert } from '../../src/incident/words.ts';

/** 2026-11-23 09:00 in Seoul: an instant that tests agree on. */
export const t0 = Date.parse('2026-11-23T00:00:00Z');
export const minute = 60_000;

export const treatments: Treatments = {
  P1: { page: true, channel: true },
  P2: { page: true, channel: true },
  P3: { page: false, channel: false },
  P4: { page: false, channel: false },
};

export const person = (id: string): Actor => ({ kind: 'person', person: id, via: 'slack' });
export const receiver: Actor = { kind: 'alertmanager', receiver: 'muster' };

export function alert(name: string, over: Partial<Alert> = {}): Alert {
  const labels = { alertname: name, service: 'orders' };
  return { fingerprint: name, name, severity: 'P1', labels, summary: `${name} fires`, startsAt: t0, ...over };
}

export function opening(over: Partial<Opening> = {}): Opening {
  return {
    key: 'alertname=HighErrorRate',
    title: 'HighErrorRate on orders',
    severity: 'P1',
    rule: 'label-severity-critical',
    grouping: 'group-labels',
    service: 'orders',
    language: 'en',
    treatments,
    roles: [
      { role: 'ic', person: 'minji', rule: 'primary' },
      { role: 'ops', person: 'jun', rule: 'secondary' },
      { role: 'comms', person: 'hana', rule: 'comms rotation' },
    ],
    ...over,
  };
}

type Receive = Extract<Command, { type: 'ReceiveAlerts' }>;

export function receive(over: Partial<Receive> = {}): Receive {
  return {
    type: 'ReceiveAlerts',
    at: t0,
    by: receiver,
    opening: opening(),
    firing: [alert('HighErrorRate')],
    resolved: [],
    truncated: 0,
    reopenWithinMs: 30 * minute,
    ...over,
  };
}

/** Plays commands from nothing; throws when one is refused, so that a story cannot go on after a surprise. */
export function play(...commands: Command[]): Incident {
  let state: IncidentState = null;
  const events: IncidentEvent[] = [];
  for (const command of commands) {
    const decision = decide(command, state);
    if (isRefusal(decision)) throw new Error(`${command.type} refused: ${decision.refused}`);
    events.push(...decision);
    state = decision.reduce(evolve, state);
  }
  if (state === null) throw new Error('nothing happened');
  return { id: 42, version: events.length, events, state };
}
