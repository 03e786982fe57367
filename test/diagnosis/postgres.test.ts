import { postgres } from './postgres.ts';
import { prove } from './prove.ts';

prove(postgres);
