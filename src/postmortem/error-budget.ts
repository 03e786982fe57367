/** One row of the error-budget table: the objective, what it allows in a month, and the share the incident burnt. */
export type BudgetRow = { objective: string; allowedMs: number; share: string };

/** An average month, as the field's figures are given (99.9 % = 43.8 min, field-knowledge §5). */
const monthMs = (365.25 / 12) * 86_400_000;

const objectives = [99, 99.9, 99.99];

/** How much of a month's error budget an outage of this length burns if everything was down, per usual objective. */
export function errorBudget(durationMs: number): BudgetRow[] {
  return objectives.map((objective) => {
    const allowedMs = monthMs * (1 - objective / 100);
    const share = (durationMs / allowedMs) * 100;
    return {
      objective: `${objective} %`,
      allowedMs,
      share: `${share < 9.95 ? share.toFixed(1) : Math.round(share)} %`,
    };
  });
}
