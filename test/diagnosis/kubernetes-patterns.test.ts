import { kubernetesPatterns } from './kubernetes-patterns.ts';
import { prove } from './prove.ts';

prove(kubernetesPatterns);
