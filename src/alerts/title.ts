import { oneLine } from '../kit/text.ts';

/** Names that camel case must not tear apart. */
const names =
  /(MySQL|MariaDB|PostgreSQL|GitHub|GitLab|RabbitMQ|DynamoDB|MongoDB|CronJob|StatefulSet|DaemonSet|[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|\d+)/g;

/**
 * A short title that people can say aloud: `HighErrorRate` of the service Orders becomes "Orders: high error rate". Abbreviations
 * and product names keep their capitals.
 */
export function titleOf(alertname: string, service: string | null): string {
  const words = (/\s/.test(alertname) ? [alertname] : (alertname.match(names) ?? [alertname])).map((word) =>
    /^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word,
  );
  const sentence = oneLine(words.join(' ') || 'Alert', 120);
  return service === null
    ? sentence.charAt(0).toUpperCase() + sentence.slice(1)
    : `${oneLine(service, 60)}: ${sentence}`;
}
