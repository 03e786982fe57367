import { kubernetesWorkloads } from './kubernetes-workloads.ts';
import { prove } from './prove.ts';

prove(kubernetesWorkloads);
