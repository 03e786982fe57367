import type { ImageBlock } from '@slack/types';
import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/state.ts';
import type { Chart } from '../incident/words.ts';
import { plainText } from '../kit/text.ts';
import type { SlackCall } from './client.ts';

/** A chart made visible: PNG, and the sentence for people who do not see it. */
export type Picture = { png: Uint8Array; alt: string };

/** Draws a chart for the people of an incident. */
export type DrawPicture = (chart: Chart, incident: Incident, signal: AbortSignal) => Promise<Picture>;

/** Puts bytes to the address that Slack named for them; resolves once they are there. */
export type PutBytes = (url: string, bytes: Uint8Array, signal: AbortSignal) => Promise<void>;

/** A picture as Slack keeps it; null is one that could not be had. */
export type KeptPicture = { file: string; alt: string } | null;

/** Slack takes at most 1,000 characters for a file (slack-methods.json). */
const maxAlt = 1000;

/**
 * A post waits this long for its picture, counted from what it tells: first evidence in time is worth more than a picture.
 * Slack also needs a moment after an upload before a block may show the file.
 */
export const pictureWaitMs = 20_000;

/**
 * Gives Slack a picture as a file that nobody sees until a message shows it: tried again, it leaves nothing double in the
 * channel. Answers with the file's id.
 */
export async function uploadPicture(
  { png, alt }: Picture,
  name: string,
  { call, put, signal }: { call: SlackCall; put: PutBytes; signal: AbortSignal },
): Promise<string> {
  const { upload_url, file_id } = await call<{ upload_url: string; file_id: string }>(
    'files.getUploadURLExternal',
    { filename: name, length: png.byteLength, alt_txt: plainText(alt, maxAlt) },
  );
  await put(upload_url, png, signal);
  await call('files.completeUploadExternal', { files: [{ id: file_id, title: name }] });
  return file_id;
}

/** The chart that an entry of the log brings, or null. */
export const chartOf = (event: IncidentEvent | undefined): Chart | null =>
  (event?.type === 'StepFinished' && event.report.chart) || null;

/** The first entry of a stretch of the log whose chart nobody has tried to upload yet, or null. */
export function nextPicture(
  { events }: Incident,
  { from, to }: { from: number; to: number },
  known: ReadonlyMap<number, KeptPicture>,
): { index: number; chart: Chart } | null {
  for (let index = from; index < to; index++) {
    const chart = chartOf(events[index]);
    if (chart && !known.has(index)) return { index, chart };
  }
  return null;
}

/** A picture inside a message. */
export const pictureBlock = ({ file, alt }: NonNullable<KeptPicture>): ImageBlock => ({
  type: 'image',
  slack_file: { id: file },
  alt_text: plainText(alt, maxAlt),
});
