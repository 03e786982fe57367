import type { Language } from '../../../incident/words.ts';
import type { PodTrouble, TroubleKind } from './pod-trouble.ts';

const limitOf = ({ memoryLimit }: PodTrouble) => (memoryLimit === null ? '' : memoryLimit);
const cut = (text: string) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};
const because = ({ detail }: PodTrouble) => (detail === '' ? '' : ` (${cut(detail)})`);

const en = {
  trouble: {
    'image-pull-failed': (one) =>
      `pod ${one.pod} cannot pull image ${one.image}${because(one)}; check its name, tag and pull secret`,
    'container-config-error': (one) =>
      `container ${one.container} of pod ${one.pod} cannot be configured${because(one)}; create what it names`,
    'container-start-failed': (one) =>
      `container ${one.container} of pod ${one.pod} cannot be started${because(one)}`,
    'container-oom-killed': (one) =>
      `container ${one.container} of pod ${one.pod} was killed for want of memory (${limitOf(one) ? `limit ${limitOf(one)}, ` : ''}${one.restarts} restarts); raise its memory limit or find what grows`,
    'container-crash-loop': (one) =>
      `container ${one.container} of pod ${one.pod} crashes again and again (exit code ${one.exitCode ?? '?'}, ${one.restarts} restarts); its last log lines say why`,
    'pod-evicted': (one) => `pod ${one.pod} was evicted from its node${because(one)}`,
    'container-failed': (one) =>
      `container ${one.container} of pod ${one.pod} ended with exit code ${one.exitCode ?? '?'}`,
    'pod-unschedulable': (one) => `no node takes pod ${one.pod}${because(one)}`,
    'pod-not-starting': (one) => `pod ${one.pod} does not start${because(one)}; its events say why`,
    'pod-not-ready': (one) =>
      `pod ${one.pod} runs but is not ready${because(one)}: its readiness probe fails`,
  } satisfies Record<TroubleKind, (one: PodTrouble) => string> as Record<
    TroubleKind,
    (one: PodTrouble) => string
  >,
  log: (pod: string, container: string) => `log of ${pod}/${container}`,
  event: (object: string) => `event of ${object}`,
  notReadable: (why: string) => `not readable: ${why}`,
  noLines: 'empty',
};
export type PodMessages = typeof en;

const ko: PodMessages = {
  trouble: {
    'image-pull-failed': (one) =>
      `파드(${one.pod})가 이미지 ${one.image}을(를) 가져오지 못합니다${because(one)}. 이미지 이름, 태그, 풀 시크릿을 확인하세요`,
    'container-config-error': (one) =>
      `파드(${one.pod})의 컨테이너(${one.container}) 설정에 실패했습니다${because(one)}. 지정한 항목을 만드세요`,
    'container-start-failed': (one) =>
      `파드(${one.pod})의 컨테이너(${one.container})를 시작할 수 없습니다${because(one)}`,
    'container-oom-killed': (one) =>
      `파드(${one.pod})의 컨테이너(${one.container})가 메모리 부족으로 종료되었습니다(${limitOf(one) ? `제한 ${limitOf(one)}, ` : ''}재시작 ${one.restarts}회). 메모리 제한을 늘리거나 사용량이 느는 원인을 찾으세요`,
    'container-crash-loop': (one) =>
      `파드(${one.pod})의 컨테이너(${one.container})가 계속 비정상 종료됩니다(종료 코드 ${one.exitCode ?? '?'}, 재시작 ${one.restarts}회). 마지막 로그에서 원인을 확인하세요`,
    'pod-evicted': (one) => `파드(${one.pod})가 노드에서 축출되었습니다${because(one)}`,
    'container-failed': (one) =>
      `파드(${one.pod})의 컨테이너(${one.container})가 종료 코드 ${one.exitCode ?? '?'}(으)로 끝났습니다`,
    'pod-unschedulable': (one) => `파드(${one.pod})를 배치할 노드가 없습니다${because(one)}`,
    'pod-not-starting': (one) =>
      `파드(${one.pod})가 시작되지 않습니다${because(one)}. 이벤트에서 원인을 확인하세요`,
    'pod-not-ready': (one) =>
      `파드(${one.pod})가 실행 중이지만 준비되지 않았습니다${because(one)}. 준비 상태 검사가 실패하고 있습니다`,
  },
  log: (pod, container) => `${pod}/${container} 로그`,
  event: (object) => `${object} 이벤트`,
  notReadable: (why) => `읽을 수 없음: ${why}`,
  noLines: '비어 있음',
};

/** What is said of pods, their logs and events; the troubles without a full stop, as they stand inside sentences. */
export const podMessages = (language: Language): PodMessages => (language === 'ko' ? ko : en);
