import { prometheus } from './prometheus.ts';
import { prove } from './prove.ts';

prove(prometheus);
