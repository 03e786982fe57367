import { mysql } from './mysql.ts';
import { prove } from './prove.ts';

prove(mysql);
