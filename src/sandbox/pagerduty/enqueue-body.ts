import { z } from 'zod';

/** The body of `POST /v2/enqueue` (https://developer.pagerduty.com/docs/events-api-v2-overview). */
export const enqueueBody = z.discriminatedUnion('event_action', [
  z.object({
    event_action: z.literal('trigger'),
    routing_key: z.string().length(32),
    dedup_key: z.string().max(255).optional(),
    payload: z.object({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.string().optional(),
      component: z.string().optional(),
      group: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.unknown().optional(),
    }),
    client: z.string().optional(),
    client_url: z.string().optional(),
    links: z.array(z.object({ href: z.string(), text: z.string().optional() })).optional(),
    images: z.array(z.unknown()).optional(),
  }),
  ...(['acknowledge', 'resolve'] as const).map((action) =>
    z.object({
      event_action: z.literal(action),
      routing_key: z.string().length(32),
      dedup_key: z.string().min(1).max(255),
    }),
  ),
]);
export type EnqueueBody = z.infer<typeof enqueueBody>;

/** What was wrong with a body, as PagerDuty's `errors` list. */
export const errorsOf = (error: z.ZodError): string[] =>
  error.issues.map((issue) => `'${issue.path.join('.') || 'event'}' is invalid: ${issue.message}`);
