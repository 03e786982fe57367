import { parser } from '@prometheus-io/lezer-promql';
import { parseDuration } from '../../../kit/duration.ts';

/** An alert's condition taken apart: what is measured, how it is compared, and with which limit (null where it is no constant). */
export type Comparison = { measured: string; operator: Operator; limit: number | null };
export type Operator = '>' | '>=' | '<' | '<=' | '==' | '!=';

type Node = ReturnType<typeof parser.parse>['topNode'];

const operators: Record<string, Operator> = {
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
  EqlC: '==',
  Eql: '==',
  Neq: '!=',
};
const mirrored: Record<Operator, Operator> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
};

/**
 * The comparison that decides in an alert's expression, so that what is measured can be drawn also while it is within the limit:
 * `a / b > 0.05 and b > 1` is `a / b`, `>`, 0.05. Undefined where there is none, and for what is no valid PromQL.
 */
export function readComparison(query: string): Comparison | undefined {
  const { topNode } = parser.parse(query);
  let broken = false;
  topNode.cursor().iterate((node) => {
    if (node.type.isError) broken = true;
  });
  const expression = topNode.firstChild;
  return broken || !expression ? undefined : find(expression, query);
}

function find(node: Node, query: string): Comparison | undefined {
  if (node.name === 'ParenExpr') return node.firstChild ? find(node.firstChild, query) : undefined;
  if (node.name !== 'BinaryExpr') return undefined;
  const { firstChild: left, lastChild: right } = node;
  if (!left || !right) return undefined;
  if (node.getChild('And') || node.getChild('Or') || node.getChild('Unless')) {
    return find(left, query) ?? find(right, query);
  }
  const found = Object.keys(operators).find((name) => node.getChild(name));
  if (found === undefined) return undefined;
  const operator = operators[found]!;
  const text = (part: Node) => query.slice(part.from, part.to);
  const constant = constantOf(left, query);
  if (constant !== null) return { measured: text(right), operator: mirrored[operator], limit: constant };
  return { measured: text(left), operator, limit: constantOf(right, query) };
}

/** The value of an expression made of numbers alone (`14 * 86400`), else null. */
function constantOf(node: Node, query: string): number | null {
  if (node.name === 'NumberDurationLiteral') {
    const text = query.slice(node.from, node.to);
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
    const duration = parseDuration(text);
    return duration === undefined ? null : duration / 1000;
  }
  const { firstChild: left, lastChild: right } = node;
  if (!left || !right) return null;
  if (node.name === 'ParenExpr') return constantOf(left, query);
  if (node.name !== 'BinaryExpr') return null;
  const [a, b] = [constantOf(left, query), constantOf(right, query)];
  if (a === null || b === null) return null;
  if (node.getChild('Mul')) return a * b;
  if (node.getChild('Div')) return a / b;
  if (node.getChild('Add')) return a + b;
  return node.getChild('Sub') ? a - b : null;
}

/** The names of the metrics in a query, in its order. */
export function metricsOf(query: string): string[] {
  const names: string[] = [];
  parser.parse(query).iterate({
    enter: ({ name, node, from, to }) => {
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(query.slice(from, to));
    },
  });
  return names;
}

/** What a query does at its outside: divides, counts per second, or something else. */
export function shapeOf(query: string): 'division' | 'rate' | 'other' {
  const inner = (node: Node | null): 'division' | 'rate' | 'other' => {
    if (node?.name === 'ParenExpr') return inner(node.firstChild);
    if (node?.name === 'BinaryExpr') return node.getChild('Div') ? 'division' : 'other';
    if (node?.name === 'AggregateExpr') return inner(node.getChild('FunctionCallBody')?.firstChild ?? null);
    if (node?.name !== 'FunctionCall') return 'other';
    const called = node.getChild('FunctionIdentifier');
    return /^i?rate$/.test(query.slice(called?.from, called?.to)) ? 'rate' : 'other';
  };
  return inner(parser.parse(query).topNode.firstChild);
}
