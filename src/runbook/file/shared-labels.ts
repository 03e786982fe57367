import { firing, type Live } from '../../incident/state.ts';

/** The labels that all firing alerts share; of an incident whose alerts have stopped, those that all of them shared. */
export function sharedLabels(state: Live): Record<string, string> {
  const alerts = firing(state).length > 0 ? firing(state) : state.alerts;
  const [first, ...rest] = alerts.map(({ labels }) => labels);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) => rest.every((labels) => labels[name] === value)),
  );
}
