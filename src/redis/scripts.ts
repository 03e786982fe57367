import type { Redis } from 'ioredis';
import { keys } from './keys.ts';

/**
 * Appends events to a log, refusing a writer whose expected version is not the log's length, and moves the index of open
 * incidents, the list of mere problems and the due index in the same step. With id 0 a new incident is numbered. Answers {id, version}.
 */
const append = `
local id, key, index = tonumber(ARGV[1]), ARGV[3], ARGV[4]
if index == 'open' then
  local holder = redis.call('HGET', KEYS[1], key)
  if holder and tonumber(holder) ~= id then return redis.error_reply('TAKEN ' .. holder) end
end
if id == 0 then id = redis.call('INCR', KEYS[5]) end
local log = '${keys.logPrefix}' .. id .. ':log'
local version = redis.call('XLEN', log)
if version ~= tonumber(ARGV[2]) then return redis.error_reply('VERSION ' .. version) end
for i = 9, #ARGV do
  version = version + 1
  redis.call('XADD', log, '0-' .. version, 'e', ARGV[i])
end
if index == 'open' then
  redis.call('HSET', KEYS[1], key, id)
  redis.call('HDEL', KEYS[2], key)
  redis.call('HDEL', KEYS[7], key)
elseif index == 'closed' then
  redis.call('HDEL', KEYS[1], key)
  redis.call('HSET', KEYS[2], key, id)
  redis.call('HDEL', KEYS[3], key)
end
if ARGV[5] == '' then redis.call('HDEL', KEYS[3], key)
elseif ARGV[5] ~= '-' then redis.call('HSET', KEYS[3], key, ARGV[5]) end
if ARGV[8] ~= '' then redis.call('HSET', KEYS[6], ARGV[8], id) end
for room in string.gmatch(ARGV[7], '[^,]+') do
  redis.call('ZADD', KEYS[4], 'LT', ARGV[6], room .. '|' .. id)
end
return {id, version}`;

/** Nothing is left to do for a room: it sleeps until its time, unless the log grew meanwhile. */
const settle = `
if redis.call('XLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if ARGV[3] == '' then redis.call('ZREM', KEYS[2], ARGV[2])
else redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2]) end
return 1`;

/** Looks a group up: is it exactly what is known already, and which incident has its key? */
const lookUp = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known == ARGV[2] then return {1} end
return {0, redis.call('HGET', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[3], ARGV[1])}`;

/** Remembers a group as known, unless the log grew since it was compared with it. */
const remember = `
if redis.call('XLEN', KEYS[1]) == tonumber(ARGV[1]) then redis.call('HSET', KEYS[2], ARGV[2], ARGV[3]) end`;

/** Takes what is due and puts it off a little, so that several sweepers do not queue the same thing at once. */
const takeDue = `
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], member) end
return due`;

type Script = (...args: (string | number)[]) => Promise<unknown>;

/** A connection that knows Muster's scripts. */
export type Scripted = Redis & {
  append: Script;
  settle: Script;
  lookUp: Script;
  remember: Script;
  takeDue: Script;
};

/** Teaches a connection the scripts. */
export function withScripts(redis: Redis): Scripted {
  redis.defineCommand('append', { numberOfKeys: 7, lua: append });
  redis.defineCommand('settle', { numberOfKeys: 2, lua: settle });
  redis.defineCommand('lookUp', { numberOfKeys: 3, lua: lookUp });
  redis.defineCommand('remember', { numberOfKeys: 2, lua: remember });
  redis.defineCommand('takeDue', { numberOfKeys: 1, lua: takeDue });
  return redis as Scripted;
}
