import { z } from 'zod';
import type { ReplyTo } from './answer.ts';
import { evidence } from './commands/evidence.ts';
import { type Desk, incidentFor } from './desk.ts';

/** A report or a summary is a few kilobytes; nobody's database dump should be fetched. */
const maxBytes = 1_048_576;

const FileInfo = z.object({
  file: z.object({
    name: z.string().default(''),
    size: z.number().default(0),
    url_private_download: z.url({ protocol: /^https?$/ }),
  }),
});

/**
 * A JSON file that a person posts in an incident's channel is taken in as evidence, if it is some. Other files, and JSON that is
 * neither a report nor a summary, are nobody's business here; our own charts come by here too.
 */
export async function onFile(desk: Desk, file: string, to: ReplyTo & { channel: string }): Promise<void> {
  const { deps } = desk;
  if (to.user === deps.app.botUserId) return;
  const { incident } = await incidentFor(desk, null, to.channel);
  if (!incident) return;
  const info = FileInfo.safeParse(await deps.call('files.info', { file })).data?.file;
  if (!info || !/\.json$/i.test(info.name) || info.size > maxBytes) return;
  // A file that only lies elsewhere (a shared drive) has an address there.
  if (!deps.isSlackFile(info.url_private_download)) return;
  const ask = await desk.askOf(to.user);
  if (ask.asker.standing === 'bot') return;
  const { status, text } = await deps.outbound(info.url_private_download, {
    headers: { authorization: `Bearer ${deps.app.botToken}` },
  });
  if (status !== 200 || 'problem' in deps.takeEvidence(text, incident.state)) return;
  await desk.tell(to, await evidence.run({ text }, ask, incident));
}
