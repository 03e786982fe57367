import type { CommandOf, Decision } from '../commands.ts';
import type { Live } from '../state.ts';

/** A level is climbed once per round, and no longer after somebody answered or the incident ended. */
export function startLevel({ level }: CommandOf<'StartLevel'>, state: Live): Decision {
  if (state.acknowledged !== null || state.status.is === 'resolved') return [];
  const { paging } = state;
  const known = paging.levels.some((one) => one.round === level.round && one.level === level.level);
  return known || level.round < paging.round ? [] : [{ type: 'LevelReached', ...level }];
}

/** Keeps what became of a page. A page that is known to be out stays out: a late failure of another try changes nothing. */
export function recordPage({ page }: CommandOf<'RecordPage'>, state: Live): Decision {
  if (state.paging.sent.some((sent) => sent.key === page.key)) return [];
  if (page.type === 'PageFailed') {
    const before = state.paging.failed.findLast((failed) => failed.key === page.key);
    if (before?.retryAt === page.retryAt && before.code === page.code) return [];
  }
  return [page];
}

/** A level that reaches nobody is said loudly, once; the next level is then due at once. */
export function reportNobody(command: CommandOf<'ReportNobodyOnCall'>, state: Live): Decision {
  if (state.acknowledged !== null || state.status.is === 'resolved') return [];
  const { round, level, rule } = command;
  const known = state.paging.empty.some((one) => one.round === round && one.level === level);
  return known ? [] : [{ type: 'NobodyOnCall', round, level, rule }];
}
