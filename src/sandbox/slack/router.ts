import express, { type Request, type Response, Router } from 'express';
import type { ApiAnswer, createApi } from './api.ts';
import type { Core } from './core.ts';
import type { Journal } from './journal.ts';
import { takeUpload } from './methods/files.ts';
import type { Args } from './methods/registry.ts';
import { applyReply, type Reply } from './responses.ts';

/** The HTTP side: `/api/:method` and `/response/:id`, which take form fields and JSON, `/upload/v1/:file`, which takes bytes, and `/files-pri/:file`, which gives them. */
export function createSlackRouter(core: Core, api: ReturnType<typeof createApi>, journal: Journal): Router {
  const router = Router();
  const bodies = [
    express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 200 }),
    express.json({ limit: '2mb', strict: false }),
  ];
  router.all('/api/:method', ...bodies, (request: Request, response: Response) => {
    const fields: Args = { ...request.query, ...(request.body as Args | undefined) };
    const { token: inBody, ...args } = fields;
    const bearer = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const token = bearer ?? (typeof inBody === 'string' ? inBody : undefined);
    send(api(String(request.params.method), args, token), request, response);
  });
  router.post('/upload/v1/:file', express.raw({ type: () => true, limit: '10mb' }), (request, response) => {
    const data = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const status = takeUpload(core, String(request.params.file), data);
    response
      .status(status)
      .type('text/plain')
      .send(status === 200 ? `OK - ${data.length}` : 'upload failed');
  });
  router.get('/files-pri/:file', (request, response) => {
    const file = core.world.files.get(request.params.file);
    // As Slack does: without a good token comes the sign-in page, not an error.
    const mayRead = request.get('authorization') === `Bearer ${core.app.botToken}`;
    if (!file?.data || !mayRead) response.type('html').send('<html>Sign in to Sandbox</html>');
    else response.type('application/octet-stream').send(file.data);
  });
  router.post('/response/:id', ...bodies, (request: Request, response: Response) => {
    const body = (
      typeof request.body?.payload === 'string' ? JSON.parse(request.body.payload) : request.body
    ) as Reply;
    const target = core.capabilities.use(String(request.params.id));
    const applied = 'error' in target ? { error: target.error } : applyReply(core, target, body ?? {});
    const error = 'error' in applied ? applied.error : undefined;
    const status = 'error' in target ? 404 : error ? 400 : 200;
    journal.responses.push({ at: core.now(), status, error, body });
    response.status(status).json(error ? { ok: false, error } : { ok: true });
  });
  return router;
}

function send(answer: ApiAnswer, request: Request, response: Response): void {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'reset') return void request.socket.destroy();
  setTimeout(() => {
    response.status(answer.status).set(answer.headers);
    if (typeof answer.body === 'string') response.type('text/plain').send(answer.body);
    else response.json(answer.body);
  }, answer.delayMs);
}
