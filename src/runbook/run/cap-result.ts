import type { Chart, Language } from '../../incident/words.ts';
import { oneLine } from '../../kit/text.ts';
import { messagesIn } from '../messages.ts';
import type { Json, StepResult } from '../step.ts';

/** What one step may put into the log and the channel. */
const limits = {
  sentence: 600,
  cause: 60,
  rows: 30,
  columns: 8,
  cell: 200,
  facts: 8192,
  series: 5,
  points: 120,
  marks: 5,
  name: 80,
} as const;

/** The result with every text redacted, on one line and within the limits. Facts that are too large are dropped whole. */
export function capResult(
  result: StepResult,
  redact: (text: string) => string,
  language: Language,
): StepResult {
  const cell = (text: string) => oneLine(redact(text), limits.cell);
  const { columns, rows } = result.evidence;
  const shown = rows.slice(0, limits.rows).map((row) => row.slice(0, limits.columns).map(cell));
  const hidden = rows.length - shown.length;
  if (hidden > 0) {
    shown.push(
      columns
        .slice(0, limits.columns)
        .map((_, index) => (index === 0 ? messagesIn(language).more(hidden) : '')),
    );
  }
  const facts = redactFacts(result.facts ?? {}, redact);
  return {
    verdict: result.verdict,
    sentence: oneLine(redact(result.sentence), limits.sentence),
    ...(result.verdict === 'fail' &&
      result.cause !== undefined && { cause: oneLine(result.cause, limits.cause) }),
    evidence: { columns: columns.slice(0, limits.columns).map(cell), rows: shown },
    ...(result.chart && { chart: capChart(result.chart, (text) => oneLine(redact(text), limits.name)) }),
    facts: JSON.stringify(facts).length <= limits.facts ? facts : {},
  };
}

const capChart = (chart: Chart, text: (text: string) => string): Chart => ({
  ...chart,
  title: text(chart.title),
  series: chart.series
    .slice(0, limits.series)
    .map(({ name, points }) => ({ name: text(name), points: points.slice(-limits.points) })),
  marks: chart.marks.slice(0, limits.marks).map(({ at, label }) => ({ at, label: text(label) })),
});

function redactFacts(facts: Record<string, Json>, redact: (text: string) => string): Record<string, Json> {
  const clean = (value: Json): Json => {
    if (typeof value === 'string') return redact(value);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(facts) as Record<string, Json>;
}
