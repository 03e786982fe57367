import { prove } from './prove.ts';
import { redis } from './redis.ts';

prove(redis);
