/** The fields of Kubernetes objects that the steps read; everything may be absent as in the API itself. */
export type Meta = {
  name: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[];
};

export type LabelSelector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
};

export type Condition = {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
};

type KeyRef = { name: string; key: string; optional?: boolean };
export type EnvVar = {
  name: string;
  value?: string;
  valueFrom?: { configMapKeyRef?: KeyRef; secretKeyRef?: KeyRef };
};

export type Container = {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
  env?: EnvVar[];
  envFrom?: { configMapRef?: { name: string; optional?: boolean }; prefix?: string }[];
  ports?: { name?: string; containerPort: number; protocol?: string }[];
  volumeMounts?: { name: string; mountPath: string; subPath?: string; readOnly?: boolean }[];
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
};

type ConfigMapSource = { name: string; items?: { key: string; path: string }[]; optional?: boolean };
export type Volume = {
  name: string;
  configMap?: ConfigMapSource;
  projected?: { sources?: { configMap?: ConfigMapSource }[] };
};

export type PodSpec = {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  nodeName?: string;
  restartPolicy?: string;
};

type Terminated = {
  reason?: string;
  message?: string;
  exitCode: number;
  startedAt?: string;
  finishedAt?: string;
};
export type ContainerState = {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: Terminated;
};
export type ContainerStatus = {
  name: string;
  ready: boolean;
  restartCount: number;
  image?: string;
  state?: ContainerState;
  lastState?: ContainerState;
};

export type Pod = {
  metadata: Meta;
  spec: PodSpec;
  status?: {
    phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
    reason?: string;
    message?: string;
    podIP?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
};

export type PodTemplate = { metadata?: Partial<Meta>; spec: PodSpec };

export type Deployment = {
  metadata: Meta;
  spec: { replicas?: number; paused?: boolean; selector: LabelSelector; template: PodTemplate };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions?: Condition[];
  };
};

export type ReplicaSet = {
  metadata: Meta;
  spec: { replicas?: number; selector: LabelSelector; template: PodTemplate };
  status?: { replicas?: number; readyReplicas?: number; conditions?: Condition[] };
};

export type JobSpec = {
  backoffLimit?: number;
  activeDeadlineSeconds?: number;
  completions?: number;
  parallelism?: number;
  suspend?: boolean;
  selector?: LabelSelector;
  manualSelector?: boolean;
  template: PodTemplate;
};
export type Job = {
  metadata: Meta;
  spec: JobSpec;
  status?: {
    active?: number;
    failed?: number;
    succeeded?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: Condition[];
  };
};

export type CronJob = {
  metadata: Meta;
  spec: {
    schedule: string;
    timeZone?: string;
    suspend?: boolean;
    concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
    startingDeadlineSeconds?: number;
    jobTemplate: { metadata?: Partial<Meta>; spec: JobSpec };
  };
  status?: {
    active?: { name: string; uid?: string }[];
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
  };
};

export type ServicePort = {
  name?: string;
  port: number;
  protocol?: string;
  targetPort?: number | string;
};
export type Service = {
  metadata: Meta;
  spec: {
    type?: string;
    clusterIP?: string;
    externalName?: string;
    selector?: Record<string, string>;
    ports?: ServicePort[];
  };
};

export type EndpointSlice = {
  metadata: Meta;
  addressType: string;
  ports?: { name?: string; port?: number; protocol?: string }[];
  endpoints: {
    addresses: string[];
    conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
    targetRef?: { kind: string; name: string };
  }[];
};

type ServiceBackend = { service?: { name: string; port?: { number?: number; name?: string } } };
export type Ingress = {
  metadata: Meta;
  spec: {
    ingressClassName?: string;
    defaultBackend?: ServiceBackend;
    rules?: {
      host?: string;
      http?: { paths: { path?: string; pathType?: string; backend: ServiceBackend }[] };
    }[];
    tls?: { hosts?: string[]; secretName?: string }[];
  };
};

export type ConfigMap = {
  metadata: Meta;
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
};

export type KubeEvent = {
  metadata: Meta;
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  eventTime?: string | null;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  involvedObject: { kind?: string; name?: string; uid?: string };
};
