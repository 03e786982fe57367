/** One alert of a webhook body, reduced to the fields we use. Label and annotation objects never hold `__proto__`. */
export type WireAlert = {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
};

/** A webhook body of Alertmanager, format version 4 (Alertmanager documentation, "webhook_config"). */
export type Payload = {
  receiver: string;
  groupLabels: Record<string, string>;
  externalURL: string;
  truncatedAlerts: number;
  alerts: WireAlert[];
};

/**
 * Checks a parsed JSON body. Loose: only what we use is looked at, and unknown fields are ignored; `problem` ends a sentence that says
 * what is wrong and where. Checked by hand and not by a schema, because this runs for every alert on the busiest path.
 */
export function parsePayload(body: unknown): { payload: Payload } | { problem: string } {
  if (!isObject(body)) return { problem: 'the body is no JSON object' };
  if (body.version !== '4') return { problem: `version is ${show(body.version)}, not "4"` };
  if (!Array.isArray(body.alerts)) return { problem: 'alerts is no list' };
  const alerts: WireAlert[] = [];
  for (let i = 0; i < body.alerts.length; i++) {
    const alert = parseAlert(body.alerts[i]);
    if (typeof alert === 'string') return { problem: `alerts[${i}]${alert}` };
    alerts.push(alert);
  }
  const groupLabels = parseTexts(body.groupLabels ?? {});
  if (typeof groupLabels === 'string') return { problem: `groupLabels${groupLabels}` };
  return {
    payload: {
      receiver: textOf(body.receiver),
      groupLabels,
      externalURL: textOf(body.externalURL),
      truncatedAlerts: typeof body.truncatedAlerts === 'number' ? Math.max(0, body.truncatedAlerts) : 0,
      alerts,
    },
  };
}

function parseAlert(alert: unknown): WireAlert | string {
  if (!isObject(alert)) return ' is no object';
  const { status, fingerprint } = alert;
  if (status !== 'firing' && status !== 'resolved')
    return `.status is ${show(status)}, neither "firing" nor "resolved"`;
  if (typeof fingerprint !== 'string' || fingerprint === '') return '.fingerprint is missing';
  if (fingerprint.length > 64) return '.fingerprint is longer than 64 characters';
  const labels = parseTexts(alert.labels);
  if (typeof labels === 'string') return `.labels${labels}`;
  const annotations = parseTexts(alert.annotations ?? {});
  if (typeof annotations === 'string') return `.annotations${annotations}`;
  return {
    status,
    labels,
    annotations,
    startsAt: textOf(alert.startsAt),
    endsAt: textOf(alert.endsAt),
    generatorURL: textOf(alert.generatorURL),
    fingerprint,
  };
}

/** The object itself when every value is a text, without a `__proto__` of its own; else the end of a sentence. */
function parseTexts(value: unknown): Record<string, string> | string {
  if (!isObject(value)) return ' is no object';
  // JSON.parse makes `__proto__` an ordinary property; copied onwards by assignment it would become a prototype.
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const name in value) {
    if (typeof value[name] !== 'string') return `.${name.slice(0, 60)} is ${show(value[name])}, no text`;
  }
  return value as Record<string, string>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

const show = (value: unknown) => JSON.stringify(value)?.slice(0, 60) ?? 'missing';
