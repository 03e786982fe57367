/** One alert of a webhook body, in the words of a test. */
export type AlertWords = {
  name?: string;
  service?: string;
  severity?: 'critical' | 'high' | 'warning' | 'info';
  instance?: string;
  status?: 'firing' | 'resolved';
  startsAt?: string;
  summary?: string;
  fingerprint?: string;
};

/** A webhook body of Alertmanager, format version 4, for alerts of one group. */
export function alertBody(alerts: AlertWords[], more: { receiver?: string; truncatedAlerts?: number } = {}) {
  const [first = {}] = alerts;
  const { name = 'HighErrorRate', service = 'orders' } = first;
  const groupLabels = { alertname: name, service };
  const firing = alerts.some(({ status = 'firing' }) => status === 'firing');
  return {
    version: '4',
    groupKey: `{}:{alertname="${name}", service="${service}"}`,
    truncatedAlerts: 0,
    status: firing ? 'firing' : 'resolved',
    receiver: 'muster',
    groupLabels,
    commonLabels: groupLabels,
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example.com',
    ...more,
    alerts: alerts.map((one, index) => {
      const { severity = 'critical', instance = 'a', status = 'firing', summary = 'Errors everywhere' } = one;
      return {
        status,
        labels: { ...groupLabels, severity, instance },
        annotations: { summary },
        startsAt: one.startsAt ?? '2026-11-20T10:00:00Z',
        endsAt: status === 'resolved' ? '2026-11-20T10:05:00Z' : '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.example.com/graph',
        fingerprint: one.fingerprint ?? `${name}-${service}-${instance}-${index}`,
      };
    }),
  };
}
