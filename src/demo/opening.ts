import { act } from './acting.ts';
import { cast, type Persona } from './cast.ts';
import { until } from './child.ts';
import { channelOf, pagesOf, type Scene, untilAlerted, untilIncident } from './scene.ts';

/** What both stories begin with: the alert, the channel, the page and its acknowledgement. Answers with the incident's number. */
export async function openStory(scene: Scene, before: number): Promise<number> {
  const { say, visitor } = scene;
  const id = await untilAlerted(scene, before);
  say({
    en: `Orders fail, so the alert fired. Muster opens a channel and pages ${cast.minji.name}.`,
    ko: `주문이 실패해 알림이 울렸습니다. Muster가 채널을 열고 ${cast.minji.name} 님을 호출합니다.`,
  });
  await until("the incident's channel", 20_000, () => channelOf(scene, id) !== undefined);
  const channel = channelOf(scene, id);
  if (channel) visitor?.watch({ id: channel.id, name: channel.name });
  await act(scene, id, {
    who: 'minji',
    where: () => pagesOf(scene, 'minji'),
    action: 'acknowledge',
    carries: `:${id}}`,
    done: ({ acknowledged }) => acknowledged !== null,
    offer: {
      says: {
        en: 'Minji is on call. Muster paged her in a direct message, in Korean, her language. Acknowledge as her?',
        ko: '당직자 Minji 님이 다이렉트 메시지로 호출됐습니다. Minji 님이 되어 호출을 확인해 볼까요?',
      },
      go: { en: 'See the page as Minji', ko: 'Minji로 호출 보기' },
    },
  });
  const { acknowledged } = await untilIncident(scene, id, 'the acknowledgement', () => true);
  const who = cast[acknowledged?.person as Persona]?.name;
  if (who) say({ en: `${who} acknowledged.`, ko: `${who} 님이 호출을 확인했습니다.` });
  return id;
}
