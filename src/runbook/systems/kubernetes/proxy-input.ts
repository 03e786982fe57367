import { z } from 'zod';
import { KubeName } from './kube-input.ts';

/** A port of a Service: its number or its name. */
export const PortName = z.union([
  z.number().int().min(1).max(65_535),
  z.string().regex(/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/, 'must be the name of a port'),
]);

/** A path behind the API server's proxy; dot segments could leave the proxy for other parts of the API. */
export const ProxiedPath = z
  .string()
  .max(300)
  .regex(/^\/(?!.*(?:\.|%2e){2})[^\s\\#]*$/i, 'must begin with a slash and have no ".." in it');

/** A Service behind the API server's proxy, and where on it a request goes. */
export const ProxiedService = {
  service: KubeName,
  port: PortName.default(80).describe('Port of the Service, by number or name'),
  scheme: z.enum(['http', 'https']).default('http'),
};
