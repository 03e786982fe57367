import { paramsOf, type Stage } from '../parts/postgres-stage.ts';
import type { Fault } from './system.ts';

type Row = Pick<Fault<Stage>, 'name' | 'made' | 'verdict' | 'cause' | 'make'> & {
  /** Parameters beside the nodes and the account. */
  more?: Record<string, string | number>;
};

/** A fault of a primary and a standby that the given runbook has to find. */
export const postgresFault =
  (runbook: string) =>
  ({ more = {}, ...row }: Row): Fault<Stage> => ({
    runbook,
    params: (stage) => ({ ...paramsOf(stage), ...more }),
    ...row,
  });
