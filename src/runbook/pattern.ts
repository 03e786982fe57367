import { RE2JS } from 're2js';

/**
 * Compiles an operator's regular expression for whole-string matching in linear time (RE2 syntax, the one Prometheus and
 * Alertmanager use: no back-references, no look-around). An invalid pattern is returned as `{ error }`.
 */
export function compilePattern(source: string): { matches: (text: string) => boolean } | { error: string } {
  try {
    const pattern = RE2JS.compile(source);
    return { matches: (text) => pattern.matches(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
