import type { Ask } from './ask-redis.ts';
import type { GroupQuestion } from './stream-view.ts';

/** What became of the consumer: deleted, or why it was left alone. */
export type Deleted = 'deleted' | 'pending' | 'active' | 'missing';

/**
 * XGROUP DELCONSUMER drops what the consumer still holds, so the script looks and deletes in one step. `idle` and, from Redis 7.2
 * on, `inactive` (-1: never got anything) must both be long enough.
 */
const script = `
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local one = {}
  for i = 1, #row, 2 do one[row[i]] = row[i + 1] end
  if one.name == ARGV[2] then
    if one.pending > 0 then return 'pending' end
    local least = tonumber(ARGV[3])
    if one.idle < least then return 'active' end
    if one.inactive and one.inactive >= 0 and one.inactive < least then return 'active' end
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
    return 'deleted'
  end
end
return 'missing'`;

/** Deletes one consumer only while it holds nothing and is silent; needs the rights +eval +xinfo +xgroup|delconsumer. */
export const deleteConsumer = async (
  ask: Ask,
  { stream, group }: Pick<GroupQuestion, 'stream' | 'group'>,
  consumer: string,
  deadAfterMs: number,
): Promise<Deleted> => (await ask('EVAL', script, 1, stream, group, consumer, deadAfterMs)) as Deleted;
