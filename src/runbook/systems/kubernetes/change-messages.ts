import type { Language } from '../../../incident/words.ts';

const en = {
  notSent: (reason: string) => `Nothing was changed: ${reason}`,
  unclear: (reason: string) => `The change was sent, but whether it was made is unknown: ${reason}`,
  missing: (kind: string, name: string, namespace: string) =>
    `Nothing was changed: namespace ${namespace} has no ${kind} ${name}.`,
  wellAgain: (name: string) =>
    `Nothing was changed: Deployment ${name} has all replicas available and no pod in trouble.`,
  paused: (name: string) =>
    `Nothing was changed: the roll-out of Deployment ${name} is paused; resume it first.`,
  restart: {
    preview: (name: string, namespace: string) =>
      `Restarts Deployment ${name} in namespace ${namespace}: sets kubectl.kubernetes.io/restartedAt in its pod template, so that all its pods are replaced as its strategy allows. Nothing else is touched.`,
    already: (name: string, ago: string) =>
      `Nothing was changed: Deployment ${name} was restarted ${ago} ago and its roll-out is still under way.`,
    done: (name: string) =>
      `Deployment ${name} is being restarted: its pods are replaced as its strategy allows.`,
  },
  undo: {
    preview: (name: string, namespace: string, revision: number | undefined) =>
      `Rolls Deployment ${name} in namespace ${namespace} back to ${revision === undefined ? 'the revision before the newest one' : `revision ${revision}`}: puts that ReplicaSet's pod template in place of the present one. Replicas, strategy and ConfigMaps stay as they are.`,
    noRevision: (name: string, revision: number | undefined) =>
      `Nothing was changed: Deployment ${name} has no ${revision === undefined ? 'earlier revision' : `revision ${revision}`} that is kept.`,
    already: (name: string, revision: number) =>
      `Nothing was changed: Deployment ${name} has been rolled back already (revision ${revision} is older than the one before it); to go further back, name the revision.`,
    done: (name: string, from: number, to: number) =>
      `Deployment ${name} is being rolled back from revision ${from} to the pod template of revision ${to}.`,
    columns: ['revision', 'images'],
  },
  scale: {
    preview: (name: string, namespace: string, replicas: number) =>
      `Scales Deployment ${name} in namespace ${namespace} to ${replicas} replicas. An autoscaler that watches it may change that again.`,
    already: (name: string, replicas: number) =>
      `Nothing was changed: Deployment ${name} already wants ${replicas} replicas.`,
    fewer: (name: string, present: number, replicas: number) =>
      `Nothing was changed: Deployment ${name} now wants ${present} replicas, and ${replicas} would be fewer; set allow_fewer where that is meant.`,
    done: (name: string, from: number, to: number) =>
      `Deployment ${name} is scaled from ${from} to ${to} replicas.`,
  },
  rerun: {
    preview: (name: string, namespace: string) =>
      `Runs Job ${name} in namespace ${namespace} again, once: creates a copy of it named ${name}-rerun-N (N counts its re-runs) with the same pod template. What the Job does happens again. The Job that failed stays as evidence.`,
    complete: (name: string) => `Nothing was changed: Job ${name} is complete, so it need not run again.`,
    running: (name: string) => `Nothing was changed: Job ${name} has not ended yet.`,
    done: (name: string, made: string) => `Job ${name} runs again as ${made}.`,
  },
  resume: {
    preview: (name: string, namespace: string) =>
      `Resumes CronJob ${name} in namespace ${namespace}: sets spec.suspend to false. Where it has no starting deadline, one run that was missed starts at once.`,
    already: (name: string) => `Nothing was changed: CronJob ${name} is not suspended.`,
    done: (name: string, schedule: string) => `CronJob ${name} is resumed; its schedule is ${schedule}.`,
  },
};
export type ChangeMessages = typeof en;

const ko: ChangeMessages = {
  notSent: (reason) => `변경하지 않았습니다. ${reason}`,
  unclear: (reason) => `변경 요청을 보냈지만 적용되었는지 알 수 없습니다. ${reason}`,
  missing: (kind, name, namespace) =>
    `변경하지 않았습니다. 네임스페이스(${namespace})에 ${kind}(${name})이(가) 없습니다.`,
  wellAgain: (name) =>
    `변경하지 않았습니다. 디플로이먼트(${name})의 레플리카를 모두 사용할 수 있고 문제가 있는 파드가 없습니다.`,
  paused: (name) =>
    `변경하지 않았습니다. 디플로이먼트(${name})의 롤아웃이 일시 중지되어 있으니 먼저 재개하세요.`,
  restart: {
    preview: (name, namespace) =>
      `네임스페이스(${namespace})의 디플로이먼트(${name})를 재시작합니다. 파드 템플릿에 kubectl.kubernetes.io/restartedAt을 설정하여 모든 파드를 배포 전략에 따라 교체합니다. 그 밖의 항목은 변경하지 않습니다.`,
    already: (name, ago) =>
      `변경하지 않았습니다. 디플로이먼트(${name})는 ${ago} 전에 재시작되었고 롤아웃이 아직 진행 중입니다.`,
    done: (name) => `디플로이먼트(${name})를 재시작하고 있습니다. 배포 전략에 따라 파드를 교체합니다.`,
  },
  undo: {
    preview: (name, namespace, revision) =>
      `네임스페이스(${namespace})의 디플로이먼트(${name})를 ${revision === undefined ? '직전 리비전' : `리비전 ${revision}`}(으)로 되돌립니다. 현재 파드 템플릿을 해당 레플리카셋의 템플릿으로 교체하며, 레플리카 수, 배포 전략, 컨피그맵은 그대로 둡니다.`,
    noRevision: (name, revision) =>
      `변경하지 않았습니다. 디플로이먼트(${name})에 보관된 ${revision === undefined ? '이전 리비전' : `리비전 ${revision}`}이(가) 없습니다.`,
    already: (name, revision) =>
      `변경하지 않았습니다. 디플로이먼트(${name})는 이미 롤백되었습니다(리비전 ${revision}이 그 이전 리비전보다 오래된 것입니다). 더 이전으로 되돌리려면 리비전을 지정하세요.`,
    done: (name, from, to) =>
      `디플로이먼트(${name})를 리비전 ${from}에서 리비전 ${to}의 파드 템플릿으로 되돌리고 있습니다.`,
    columns: ['리비전', '이미지'],
  },
  scale: {
    preview: (name, namespace, replicas) =>
      `네임스페이스(${namespace})의 디플로이먼트(${name})를 레플리카 ${replicas}개로 조정합니다. 오토스케일러가 있으면 다시 바뀔 수 있습니다.`,
    already: (name, replicas) =>
      `변경하지 않았습니다. 디플로이먼트(${name})의 레플리카 수가 이미 ${replicas}개로 설정되어 있습니다.`,
    fewer: (name, present, replicas) =>
      `변경하지 않았습니다. 디플로이먼트(${name})의 레플리카 수가 현재 ${present}개로 설정되어 있어 ${replicas}개로 바꾸면 줄어듭니다. 의도한 것이면 allow_fewer를 설정하세요.`,
    done: (name, from, to) => `디플로이먼트(${name})의 레플리카 수를 ${from}개에서 ${to}개로 조정했습니다.`,
  },
  rerun: {
    preview: (name, namespace) =>
      `네임스페이스(${namespace})의 잡(${name})을 한 번 다시 실행합니다. 같은 파드 템플릿으로 ${name}-rerun-N(N은 재실행 횟수)이라는 사본을 만듭니다. 잡이 하는 일이 다시 수행되며, 실패한 잡은 증거로 남겨 둡니다.`,
    complete: (name) => `변경하지 않았습니다. 잡(${name})이 완료되어 다시 실행할 필요가 없습니다.`,
    running: (name) => `변경하지 않았습니다. 잡(${name})이 아직 끝나지 않았습니다.`,
    done: (name, made) => `잡(${name})을 ${made}(으)로 다시 실행합니다.`,
  },
  resume: {
    preview: (name, namespace) =>
      `네임스페이스(${namespace})의 크론잡(${name})을 재개합니다. spec.suspend를 false로 설정합니다. 시작 기한이 없으면 놓친 실행 하나가 바로 시작됩니다.`,
    already: (name) => `변경하지 않았습니다. 크론잡(${name})은 일시 중단 상태가 아닙니다.`,
    done: (name, schedule) => `크론잡(${name})을 재개했습니다. 일정은 ${schedule}입니다.`,
  },
};

/** What the changes say before and after, in the channel's language. */
export const changeMessages = (language: Language): ChangeMessages => (language === 'ko' ? ko : en);
