import type { Incident } from '../../incident/state.ts';

/** Orders incidents as people want to read them: worst first, then newest. */
export const byWeight = (a: Incident, b: Incident): number =>
  a.state.severity.localeCompare(b.state.severity) || b.state.openedAt - a.state.openedAt;
