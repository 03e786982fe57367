import type { Live } from '../incident/state.ts';
import { isOver, type StepState } from '../incident/steps.ts';
import { act, giveWay } from './acting.ts';
import { cast } from './cast.ts';
import { within } from './child.ts';
import { closeStory } from './closing.ts';
import { openStory } from './opening.ts';
import { channelOf, isResolved, type Scene, untilIncident } from './scene.ts';
import type { Story } from './story.ts';

/** How often a person has the look repeated that saw too little, as on a machine that is busy with other things. */
const mostLooks = 5;

/**
 * The host with the Redis master and two of the three Sentinels is lost. One Sentinel is no majority, so nothing moves by
 * itself; the runbook finds out why, and a person approves the failover.
 */
export const hostLost: Story = {
  id: 'host-lost',
  title: { en: 'A host is lost', ko: '호스트 하나가 사라집니다' },
  about: {
    en: 'The Redis master and two of its three Sentinels go silent together. No majority is left to fail over: people have to.',
    ko: 'Redis 마스터와 Sentinel 세 개 중 두 개가 함께 응답을 멈춥니다. 과반이 없어 자동 페일오버가 불가능하고, 사람이 결정해야 합니다.',
  },
  play: async (scene) => {
    const { redis, say } = scene;
    const before = await scene.newest();
    say({
      en: 'Ten orders are written a second. Now their Redis host goes silent; the measurement needs a few seconds to be sure.',
      ko: '주문이 초당 10건씩 저장되던 중 Redis 호스트가 응답을 멈췄습니다. 측정으로 확인되기까지 몇 초가 걸립니다.',
    });
    redis.loseHost();
    try {
      const id = await openStory(scene, before);
      await repair(scene, id);
      await closeStory(scene, id);
      return id;
    } finally {
      redis.returnHost();
    }
  },
};

const steps = ({ runs }: Live): StepState[] => runs.flatMap((run) => run.steps);
const changeOf = (state: Live) => steps(state).find(({ effect }) => effect === 'change');
const checkOf = (state: Live) => steps(state).find(({ id }) => id === changeOf(state)?.check);
const lookOf = (state: Live) => steps(state).find(({ effect }) => effect === 'read');
const phaseOf = (state: Live) => changeOf(state)?.phase.is ?? 'waiting';

/** From the acknowledgement to a Redis that takes writes, whatever the people and the visitor decide. */
async function repair(scene: Scene, id: number): Promise<void> {
  const { redis, say } = scene;
  const channel = () => channelOf(scene, id);
  for (const [who, role] of [
    ['minji', 'ic'],
    ['jun', 'ops'],
  ] as const) {
    const done = ({ roles }: Live) => roles[role].accepted;
    await act(scene, id, { who, where: channel, action: 'accept-role', carries: `"role":"${role}"`, done });
  }
  await untilFound(scene, id);
  say({
    en: 'The runbook says why nothing moved by itself, and proposes to promote a replica.',
    ko: '런북이 왜 자동으로 복구되지 않았는지 밝히고 레플리카 승격을 제안했습니다.',
  });
  await act(scene, id, {
    who: 'jun',
    where: channel,
    action: 'approve-step',
    done: (state) => phaseOf(state) !== 'proposed',
    offer: {
      says: {
        en: `The failover needs the approval of Ops or the Incident Commander. ${cast.jun.name} holds Ops. Read the evidence and approve as him?`,
        ko: `페일오버에는 Ops나 인시던트 커맨더의 승인이 필요합니다. Ops 담당은 ${cast.jun.name} 님입니다. 근거를 읽고 대신 승인해 볼까요?`,
      },
      go: { en: 'Read and approve as Jun', ko: 'Jun으로 읽고 승인하기' },
    },
  });
  const decided = await untilIncident(scene, id, 'the failover', (state) => {
    return isResolved(state) || ['over', 'unknown', 'declined', 'skipped'].includes(phaseOf(state));
  });
  redis.returnHost();
  if (phaseOf(decided) !== 'over')
    return say({
      en: 'Nobody promotes a replica. The lost host comes back by itself.',
      ko: '레플리카를 승격하지 않았습니다. 사라졌던 호스트가 스스로 돌아옵니다.',
    });
  say({
    en: 'A replica was promoted; the lost host is back. Muster checks quorum, replicas and the new master.',
    ko: '레플리카가 승격됐고 호스트가 돌아왔습니다. Muster가 정족수, 레플리카, 새 마스터를 점검합니다.',
  });
  await inform(scene, id);
  await untilIncident(scene, id, 'the check', (state) => {
    const check = checkOf(state);
    return isResolved(state) || check === undefined || isOver(check);
  });
}

/** Waits until the change is proposed. A look that could not see enough is asked for again, as a person would. */
async function untilFound(scene: Scene, id: number): Promise<void> {
  const found = (state: Live) => isResolved(state) || !['waiting', 'skipped'].includes(phaseOf(state));
  for (let look = 1; ; look++) {
    const looked = await untilIncident(
      scene,
      id,
      'what the runbook finds',
      (state) =>
        found(state) ||
        (phaseOf(state) === 'skipped' && (lookOf(state)?.attempt ?? 0) >= look && isLooked(state)),
    );
    if (found(looked)) return;
    // What was skipped is proposed a moment after the look that calls for it.
    if (await within(3000, async () => found(await untilIncident(scene, id, 'the incident', () => true))))
      return;
    if (look === mostLooks) return;
    scene.say({
      en: `The look saw too little; ${cast.jun.name} runs it again.`,
      ko: `점검이 충분히 보지 못해 ${cast.jun.name} 님이 다시 실행합니다.`,
    });
    await act(scene, id, {
      who: 'jun',
      where: () => channelOf(scene, id),
      action: 'rerun-step',
      done: (state) => (lookOf(state)?.attempt ?? 0) > look,
    });
  }
}

const isLooked = (state: Live): boolean => lookOf(state)?.phase.is === 'over';

/** Comms tells everybody how things stand. */
async function inform(scene: Scene, id: number): Promise<void> {
  const channel = channelOf(scene, id);
  const told = async () => (await scene.read(id))?.state.lastUpdate !== null;
  if (!channel || (await giveWay(scene, null, told))) return;
  const text = 'update A replica took over and orders go through again. We are checking the rest.';
  await scene.slack.as(cast.hana.slack).command(channel.id, '/incident', text);
}
