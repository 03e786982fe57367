import type { Json } from '../../src/runbook/step.ts';
import { healthy, nothing, type Stage, signIn } from './kafka-stage.ts';
import type { Fault } from './system.ts';

const view = (bootstrap: string, more: Record<string, Json> = {}) => ({
  kafka_views: [{ name: 'outside', bootstrap, ...more }],
});

/** Faults of the addresses that brokers send their clients to. */
export const listenerFaults: Fault<Stage>[] = [
  healthy(
    'Healthy: the advertised address is the real one',
    'kafka-advertised-listeners',
    'The listener advertises its own address, and the runbook expects it.',
    ({ cluster: { signed, clusterId } }) => ({
      ...view(signed[0]!, { expect: signed, ...signIn }),
      kafka_cluster_id: clusterId,
    }),
  ),
  {
    name: 'An advertised name does not resolve',
    made: '`advertised.listeners` of the outside listener names `kafka-1.internal.invalid`.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-unresolved',
    params: ({ stray }) => view(stray.listeners.unresolved),
    make: async () => nothing,
  },
  {
    name: 'A loopback address with a port where nobody listens is advertised',
    made: '`advertised.listeners` of the outside listener names `127.0.0.1` and a closed port.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-refused',
    params: ({ stray }) => view(stray.listeners.closed),
    make: async () => nothing,
  },
  {
    name: 'The address works, but is not the one this place must be sent to',
    made: 'The inside listener is asked, the runbook expects `kafka.example.com:9092`.',
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-advertised-unexpected',
    params: ({ stray }) => view(stray.inside, { expect: ['kafka.example.com:9092'] }),
    make: async () => nothing,
  },
  {
    name: 'An advertised address leads into another cluster',
    made: "`advertised.listeners` names the address of another cluster's broker.",
    runbook: 'kafka-advertised-listeners',
    verdict: 'fail',
    cause: 'kafka-wrong-cluster',
    params: ({ stray }) => view(stray.listeners.other),
    make: async () => nothing,
  },
];
