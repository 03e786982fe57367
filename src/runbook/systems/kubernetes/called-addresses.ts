import type { ConfigMap, Container, PodSpec } from './kube-objects.ts';

/** An address that a container is told to call, and where it stands. `port` is the scheme's own where none is written. */
export type CalledAddress = {
  host: string;
  port: number | null;
  /** `PAYMENT_URL` or `arguments`. */
  source: string;
  /** As people wrote it, without user information and path. */
  shown: string;
};

const schemePorts: Record<string, number> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  grpc: 443,
  redis: 6379,
  amqp: 5672,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27_017,
  nats: 4222,
};

/** Bounded everywhere, so that no text makes them slow: the host's own form is looked at afterwards. */
const urlPattern = /(?<![a-z0-9+-])([a-z][a-z0-9+-]{0,20}):\/\/([^\s/?#"'<>,;)]{1,300})/gi;
const authorityPattern = /^(?:.*@)?([^@:]{1,253})(?::(\d{1,5}))?$/;
const namePattern = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;

/** The names of ConfigMaps whose values a pod's containers get as environment. */
export const environmentMaps = ({ containers, initContainers = [] }: PodSpec): string[] => [
  ...new Set(
    [...containers, ...initContainers].flatMap(({ env = [], envFrom = [] }) => [
      ...env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef?.name ?? []),
      ...envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
    ]),
  ),
];

/**
 * Every address that a pod's containers find in their environment, command and arguments: URLs, `host:port`, and a variable that
 * ends in HOST with the port of its sibling. ConfigMaps are looked through, Secrets never.
 */
export function calledAddresses(
  { containers, initContainers = [] }: PodSpec,
  maps: Readonly<Record<string, ConfigMap | null>>,
): CalledAddress[] {
  const found = [...initContainers, ...containers].flatMap((container) => {
    const environment = environmentOf(container, maps);
    const texts: [string, string][] = [
      ...Object.entries(environment),
      ...[...(container.command ?? []), ...(container.args ?? [])].map((text): [string, string] => [
        'arguments',
        text,
      ]),
    ];
    return [
      ...texts.flatMap(([source, text]) => [...urlsIn(source, text), ...pairsIn(source, text)]),
      ...hostsIn(environment),
    ];
  });
  return [...new Map(found.map((one) => [`${one.host}:${one.port}`, one])).values()];
}

function environmentOf(
  { env = [], envFrom = [] }: Container,
  maps: Readonly<Record<string, ConfigMap | null>>,
): Record<string, string> {
  const from = envFrom.flatMap(({ configMapRef, prefix = '' }) =>
    Object.entries(maps[configMapRef?.name ?? '']?.data ?? {}).map(([key, value]) => [
      `${prefix}${key}`,
      value,
    ]),
  );
  const own = env.flatMap(({ name, value, valueFrom }) => {
    const reference = valueFrom?.configMapKeyRef;
    const said = value ?? (reference ? maps[reference.name]?.data?.[reference.key] : undefined);
    return said === undefined ? [] : [[name, said]];
  });
  const values: Record<string, string> = Object.fromEntries([...from, ...own]);
  // As Kubernetes does: $(NAME) stands for another variable.
  for (const [name, value] of Object.entries(values)) {
    values[name] = value.replace(/\$\((\w+)\)/g, (text, other: string) => values[other] ?? text);
  }
  return values;
}

const urlsIn = (source: string, text: string): CalledAddress[] =>
  [...text.matchAll(urlPattern)].flatMap(([, scheme = '', authority = '']) => {
    const [, host = '', port] = authorityPattern.exec(authority) ?? [];
    if (!namePattern.test(host)) return [];
    const shown = `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
    const number = port === undefined ? (schemePorts[scheme.toLowerCase()] ?? null) : Number(port);
    return [{ host: host.toLowerCase(), port: number, source, shown }];
  });

const pairsIn = (source: string, text: string): CalledAddress[] =>
  text.split(',').flatMap((part) => {
    const pair = part.trim();
    if (pair.length > 260) return [];
    const [, host = '', port] = /^([a-z][a-z0-9.-]*):(\d{1,5})$/.exec(pair) ?? [];
    return namePattern.test(host) ? [{ host, port: Number(port), source, shown: pair }] : [];
  });

const hostsIn = (environment: Record<string, string>): CalledAddress[] =>
  Object.entries(environment).flatMap(([name, value]) => {
    if (!/(^|_)HOST(NAME)?$/.test(name) || !/^[a-z]/.test(value) || !namePattern.test(value)) return [];
    const port = environment[name.replace(/HOST(NAME)?$/, 'PORT')] ?? '';
    const known = /^\d{1,5}$/.test(port) ? Number(port) : null;
    return [{ host: value, port: known, source: name, shown: known === null ? value : `${value}:${known}` }];
  });
