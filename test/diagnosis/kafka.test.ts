import { kafka } from './kafka.ts';
import { prove } from './prove.ts';

prove(kafka);
