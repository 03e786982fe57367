import { z } from 'zod';
import { ApiConnection } from '../http/ask-api.ts';

/** A moment in a step's input, as RFC 3339 (`2026-11-21T10:05:00Z`); epoch milliseconds once parsed. */
export const Moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Where Prometheus is asked. Its HTTP API has no rights of its own: a proxy before it decides who may read. */
export const PrometheusConnection = ApiConnection;

/** Names the Prometheus for people, without what may be secret in its address. */
export const prometheusTarget = ({ url }: { url: string }): string => `prometheus ${new URL(url).host}`;
