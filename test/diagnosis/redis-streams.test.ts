import { prove } from './prove.ts';
import { redisStreams } from './redis-streams.ts';

prove(redisStreams);
