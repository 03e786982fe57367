import { z } from 'zod';
import type { Language } from '../../incident/words.ts';
import { Failure } from '../../kit/failure.ts';
import { showUtcMinute } from '../../kit/instant.ts';
import { oneLine, slackText } from '../../kit/text.ts';
import { ended } from '../ended.ts';
import { messagesIn } from '../messages.ts';
import type { Page } from '../page.ts';
import { definePager, type Ending, type PageRef, type PagerCall } from '../pager.ts';

const eventType = 'muster_page';
const lookMs = 1500;
const answerWithChannel = z.object({ channel: z.object({ id: z.string() }) });
const answerWithTs = z.object({ channel: z.string(), ts: z.string() });
const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional(),
    }),
  ),
});

/** A Slack direct message with an Acknowledge button; before it may be sent a second time it is looked for by its metadata. */
export const slack = definePager({
  name: 'slack',
  about: 'Sends a direct message with an Acknowledge button, and says there who acknowledged.',
  vendor: 'slack',
  input: z.strictObject({}),
  example: {},
  async send(page, _input, call, again) {
    const channel = await openConversation(page, call);
    const known = again ? await lookFor(page, channel, call) : undefined;
    if (known) return { ref: { channel, ts: known } };
    const answer = await call.slack(
      'chat.postMessage',
      {
        channel,
        ...content(page, null),
        metadata: { event_type: eventType, event_payload: { key: page.key } },
        parse: 'none',
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      },
      call.signal,
    );
    return { ref: answerWithTs.parse(answer) };
  },
  async mirror(page, ref, ending, _input, call) {
    const found = ref ?? (await findAgain(page, call));
    if (!found) return;
    const { channel, ts } = found;
    await call.slack('chat.update', { channel, ts, ...content(page, ending), parse: 'none' }, call.signal);
  },
});

async function findAgain(page: Page, call: PagerCall): Promise<PageRef | undefined> {
  const channel = await openConversation(page, call);
  const ts = await findPage(page, channel, call);
  return ts === undefined ? undefined : { channel, ts };
}

async function openConversation({ person }: Page, call: PagerCall): Promise<string> {
  if (!person.slack) {
    throw new Failure({
      code: 'no-slack-id',
      retry: 'never',
      what: 'This person has no Slack id',
      value: person.id,
      remedy: 'Add `slack: U…` to the person in muster.yaml.',
    });
  }
  const answer = await call.slack('conversations.open', { users: person.slack }, call.signal);
  return answerWithChannel.parse(answer).channel.id;
}

/** A look that fails or takes long must not keep the page: better seen twice than never. */
const lookFor = (page: Page, channel: string, call: PagerCall): Promise<string | undefined> =>
  ended((signal) => findPage(page, channel, { ...call, signal }), call.signal, lookMs, 'slack').catch(
    () => undefined,
  );

async function findPage(page: Page, channel: string, call: PagerCall): Promise<string | undefined> {
  const args = { channel, include_all_metadata: true, limit: 50 };
  const { messages } = history.parse(await call.slack('conversations.history', args, call.signal));
  return messages.find(
    ({ metadata }) => metadata?.event_type === eventType && metadata.event_payload.key === page.key,
  )?.ts;
}

/** Text and blocks of the message, which say the same; the button is there while the page waits for an answer. */
function content(page: Page, ending: Ending | null) {
  const texts = messagesIn(page.person.language);
  const facts = {
    severity: page.severity,
    level: page.level,
    title: slackText(oneLine(page.title, 300)),
    service: page.service && slackText(oneLine(page.service, 100)),
    since: moment(page.since, page.person.language),
    name: page.name,
  };
  const asked = texts.page(facts);
  const ended = ending && endingText(ending, page.person.language);
  const text = ended ? `${ended} ${asked}` : asked;
  const body = {
    type: 'section',
    text: { type: 'mrkdwn', text: ended ? `${ended}\n>${asked}` : `*${asked}*`, verbatim: true },
  };
  const acknowledge = {
    type: 'button',
    style: 'primary',
    text: { type: 'plain_text', text: texts.acknowledge },
    action_id: 'incident' in page.subject ? 'acknowledge' : 'acknowledge-group',
    value: JSON.stringify(page.subject),
  };
  return { text, blocks: ended ? [body] : [body, { type: 'actions', elements: [acknowledge] }] };
}

function endingText(ending: Ending, language: Language): string {
  const texts = messagesIn(language);
  const at = moment(ending.at, language);
  if (ending.kind === 'resolved') return texts.resolved(at);
  return texts.acknowledged(slackText(oneLine(ending.by ?? '', 80)), at);
}

/** A moment in the reader's own time zone; clients that can't show it get UTC. */
function moment(at: number, language: Language): string {
  const utc = showUtcMinute(at);
  return `<!date^${Math.floor(at / 1000)}^${language === 'ko' ? '{date_num} {time}' : '{time}, {date_short_pretty}'}|${utc}>`;
}
