import type { PersonId } from '../incident/words.ts';
import type { Failure } from '../kit/failure.ts';
import type { SlackCall } from './client.ts';
import { answerOf, refusalOf } from './failure-of.ts';

/** Slack takes at most 100 people a call. */
const maxAtOnce = 100;

type Partial = { errors?: { user: string; error: string }[] };

/** What became of an invitation: `in`, `no-slack` for somebody without an account, or Slack's reason. */
export type Invited = Record<PersonId, string>;

/** Invites people to a channel. Those who can't be are named with the reason and keep nobody else out. */
export async function invite(
  channel: string,
  people: PersonId[],
  slackOf: (person: PersonId) => string | null,
  call: SlackCall,
): Promise<Invited> {
  const invited: Invited = {};
  const byUser = new Map<string, PersonId>();
  for (const person of people) {
    const user = slackOf(person);
    if (user === null) invited[person] = 'no-slack';
    else byUser.set(user, person);
  }
  const users = [...byUser.keys()];
  for (let at = 0; at < users.length; at += maxAtOnce) {
    const batch = users.slice(at, at + maxAtOnce);
    const refused = await inviteBatch(channel, batch, call);
    for (const user of batch) invited[byUser.get(user)!] = refused.get(user) ?? 'in';
  }
  return invited;
}

/** Who of a batch was refused, and why. `force` lets the others in. */
async function inviteBatch(channel: string, users: string[], call: SlackCall): Promise<Map<string, string>> {
  const refused = (answer: Partial) =>
    new Map(
      (answer.errors ?? []).flatMap(({ user, error }): [string, string][] =>
        error === 'already_in_channel' || error === 'cant_invite_self' ? [] : [[user, error]],
      ),
    );
  try {
    return refused(
      await call<Partial>('conversations.invite', { channel, users: users.join(','), force: true }),
    );
  } catch (error) {
    const name = refusalOf(error);
    const answer = answerOf(error) as Partial;
    if (name === undefined || (error as Failure).retry === 'later' || channelTroubles.has(name)) throw error;
    if (answer.errors) return refused(answer);
    if (users.length > 1) {
      const one = await Promise.all(users.map((user) => inviteBatch(channel, [user], call)));
      return new Map(one.flatMap((each) => [...each]));
    }
    return refused({ errors: [{ user: users[0]!, error: name }] });
  }
}

/** Refusals that are about the channel, not about the people; they go away when somebody repairs the channel. */
const channelTroubles = new Set(['channel_not_found', 'is_archived', 'not_in_channel']);
