import { act, giveWay } from './acting.ts';
import { cast } from './cast.ts';
import { until } from './child.ts';
import { channelOf, isResolved, type Scene, untilIncident } from './scene.ts';

/** What both stories end with: orders are written, a person confirms it, the postmortem is reviewed and merged. */
export async function closeStory(scene: Scene, id: number): Promise<void> {
  const { writer, say } = scene;
  const { written } = writer.counts();
  await until('orders to be written again', 60_000, () => writer.counts().written > written + 20);
  await act(scene, id, {
    who: 'minji',
    where: () => channelOf(scene, id),
    action: 'confirm-recovery',
    done: isResolved,
    offer: {
      says: {
        en: 'Orders are written again and the alert is gone. Minji Kim is asked whether it is over. Confirm the recovery as her?',
        ko: '주문이 다시 저장되고 알림도 해소됐습니다. Minji Kim 님에게 복구 확인을 요청했습니다. 대신 확인해 볼까요?',
      },
      go: { en: 'Confirm as Minji', ko: 'Minji로 확인하기' },
    },
  });
  say({
    en: 'Recovery is confirmed: the incident is over.',
    ko: '복구를 확인했습니다. 인시던트가 끝났습니다.',
  });
  await reviewAndMerge(scene, id);
}

/** A second person reviews the draft, approves it and merges it; GitHub tells Muster by signed webhooks. */
async function reviewAndMerge(scene: Scene, id: number): Promise<void> {
  const { github, say } = scene;
  const drafted = await untilIncident(scene, id, 'the draft', ({ postmortem }) => !!postmortem?.pullRequest);
  const number = drafted.postmortem?.pullRequest?.number ?? 0;
  const reviewIs = async (...wanted: string[]): Promise<boolean> => {
    const state = (await scene.read(id))?.state.postmortem?.pullRequest?.state ?? '';
    return wanted.includes(state);
  };
  say({
    en: `The postmortem draft is pull request #${number}. ${cast.sora.name} reviews it.`,
    ko: `포스트모템 초안이 풀 리퀘스트 #${number}로 올라왔습니다. ${cast.sora.name} 님이 검토합니다.`,
  });
  const { owner, name } = github.repository;
  const page = { href: `/github/${owner}/${name}/pull/${number}` };
  const offer = {
    says: {
      en: 'A person who was not on call reviews the draft. Read it, approve it and merge it yourself?',
      ko: '당직이 아니었던 사람이 초안을 검토합니다. 직접 읽고 승인해서 병합해 볼까요?',
    },
    go: { en: 'Open the pull request', ko: '풀 리퀘스트 열기' },
    as: cast.sora.slack,
    at: page,
  };
  const reviewer = github.as(cast.sora.login);
  if (!(await giveWay(scene, offer, () => reviewIs('merged', 'closed')))) {
    if (await reviewIs('open')) {
      reviewer.review(number, 'APPROVE', 'Clear. The two Sentinels on one host are the gap to close.');
      await until('the news of the approval', 30_000, () => reviewIs('approved', 'merged', 'closed'));
      await giveWay(scene, null, () => reviewIs('merged', 'closed'));
    }
    if (await reviewIs('approved')) reviewer.merge(number);
  }
  if (await reviewIs('changes-requested'))
    return say({
      en: `Changes were asked for: pull request #${number} stays open.`,
      ko: `수정 요청이 있어 풀 리퀘스트 #${number}는 열려 있습니다.`,
    });
  await until('the news of the merge', 30_000, () => reviewIs('merged', 'closed'));
  say(
    (await reviewIs('merged'))
      ? { en: 'The postmortem is merged.', ko: '포스트모템이 병합됐습니다.' }
      : { en: 'The pull request was closed without a merge.', ko: '풀 리퀘스트가 병합 없이 닫혔습니다.' },
  );
}
