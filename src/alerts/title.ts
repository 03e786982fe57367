import { oneLine } from '../kit/text.ts';

/** Names that camel case must not tear apart. */
const names =
  /(MySQL|MariaDB|PostgreSQL|GitHub|GitLab|RabbitMQ|DynamoDB|MongoDB|CronJob|StatefulSet|DaemonSet|[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|\d+)/g;

/**
 * A short title that people can say aloud: `HighErrorRate` of the service Orders becomes "Orders: high error rate"; a name
 * that says its service already does not say it twice. Abbreviations and product names keep their capitals.
 */
export function titleOf(alertname: string, service: string | null): string {
  const words = (/\s/.test(alertname) ? [alertname] : (alertname.match(names) ?? [alertname])).map((word) =>
    /^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word,
  );
  const sentence = oneLine(words.join(' ') || 'Alert', 120);
  const named = service === null ? '' : oneLine(service, 60);
  const saysIt = `${sentence} `.toLowerCase().startsWith(`${named} `.toLowerCase());
  return named === '' || saysIt
    ? sentence.charAt(0).toUpperCase() + sentence.slice(1)
    : `${named}: ${sentence}`;
}
