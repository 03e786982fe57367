import type { Incident } from '../incident/state.ts';
import { nameOf } from './cast.ts';
import type { Witness } from './facts.ts';

/** What the log says and the look-alikes did not see, one sentence each; empty when they agree that the story came to its end. */
export function disagreements({ state, events }: Incident, witness: Witness): string[] {
  const problems: string[] = [];
  const claim = (holds: boolean, otherwise: string): void => void (holds || problems.push(otherwise));
  const { channel, pullRequest } = witness;

  claim(witness.failureObservedAt !== null, 'no failure was observed before the alert');
  claim(state.status.is === 'resolved', 'the incident was not resolved');

  claim(channel !== null, 'there is no channel of the incident in the workspace');
  if (channel !== null) {
    claim(channel.id === state.channel?.id, 'the channel of the log is not the one in the workspace');
    claim(channel.pins === 1, `the channel has ${channel.pins} pinned messages, not one card`);
    const topic = [state.severity, state.title].every((part) => channel.topic.includes(part));
    claim(topic, `the topic does not name severity and title: ${channel.topic}`);
    for (const [role, { person }] of Object.entries(state.roles)) {
      const named = person === null || channel.card.includes(nameOf(person));
      claim(named, `the card does not name ${person} as ${role}`);
    }
    for (const event of events) {
      if (event.type !== 'StepFinished') continue;
      const said = channel.posts.some((post) => letters(post).includes(letters(event.report.sentence)));
      claim(said, `what ${event.step} reported does not stand in the channel`);
    }
  }

  const { sent } = state.paging;
  claim(sent.length > 0, 'nobody was paged');
  for (const person of new Set([
    ...sent.map((page) => page.person),
    ...witness.pages.map((page) => page.person),
  ])) {
    const logged = sent.filter((page) => page.person === person).length;
    const seen = witness.pages.filter((page) => page.person === person).length;
    claim(logged === seen, `${nameOf(person)}: ${logged} pages are logged, ${seen} were seen`);
  }

  claim(pullRequest !== null, 'there is no pull request of the postmortem');
  if (pullRequest !== null) {
    claim(pullRequest.state === 'merged', `the pull request is ${pullRequest.state}, not merged`);
    const logged = state.postmortem?.pullRequest;
    const same = logged?.number === pullRequest.number && logged.branch === pullRequest.branch;
    claim(same, 'the pull request of the log is not the one in the repository');
  }
  return problems;
}

/** Letters and digits only: how a sentence is escaped for Slack is not compared here. */
const letters = (text: string): string => text.replace(/&(amp|lt|gt);/g, '').replace(/[^\p{L}\p{N}]/gu, '');
