import { compilePattern } from '../../kit/pattern.ts';
import type { Json } from '../step.ts';
import type { AlertValues, SettingValues } from './alert-values.ts';
import type { Parameter } from './runbook-file.ts';

const placeholder = /\$\{([a-z][a-z0-9_]*)\}/g;

/** Values by parameter name; a parameter nobody gave a value is absent. */
export type ParameterValues = Record<string, Json>;

/** Where parameters get their values from; an incident without alerts has no `alert`. */
export type ParameterSources = {
  service: Record<string, Json>;
  labels: Record<string, string>;
  alert?: AlertValues;
  settings?: SettingValues;
};

/** Finds each parameter's value: the service's entry, the constrained label, the alert's or the setting's own, the default. */
export function resolveParameters(
  declared: Record<string, Parameter>,
  from: ParameterSources,
): ParameterValues {
  const values: ParameterValues = {};
  for (const [name, parameter] of Object.entries(declared)) {
    const { alert, setting } = parameter;
    const resolved =
      (Object.hasOwn(from.service, name) ? from.service[name] : fromLabel(parameter, from.labels)) ??
      (alert && unlessTemplate(from.alert?.[alert])) ??
      (setting && from.settings?.[setting]) ??
      parameter.default;
    if (resolved !== undefined) values[name] = resolved;
  }
  return values;
}

function fromLabel(parameter: Parameter, labels: Record<string, string>): string | undefined {
  const { label, allow, pattern } = parameter;
  if (label === undefined || !Object.hasOwn(labels, label)) return undefined;
  const value = labels[label]!;
  if (allow && !allow.includes(value)) return undefined;
  if (pattern !== undefined) {
    const compiled = compilePattern(pattern);
    if ('error' in compiled || !compiled.matches(value)) return undefined;
  }
  return unlessTemplate(value);
}

/** What comes from outside is a value: it never names another parameter, nor what a look found. */
const unlessTemplate = <T extends Json>(value: T | undefined): T | undefined =>
  typeof value === 'string' && value.includes('${') ? undefined : value;

/**
 * Fills `${name}` in one pass: a string that is nothing but a placeholder becomes the value itself, inside longer text the
 * value's text is inserted. A placeholder without a value stays, so that the runner can say which one is missing.
 */
export function fill(template: Json, values: ParameterValues): Json {
  if (typeof template === 'string') {
    const whole = /^\$\{([a-z][a-z0-9_]*)\}$/.exec(template)?.[1];
    if (whole !== undefined) return Object.hasOwn(values, whole) ? values[whole]! : template;
    return template.replace(placeholder, (text, name: string) => {
      if (!Object.hasOwn(values, name)) return text;
      const value = values[name]!;
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
  }
  if (Array.isArray(template)) return template.map((inner) => fill(inner, values));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, fill(inner, values)]));
}

/** Every placeholder in a template with the path where it stands. */
export function placeholders(
  template: Json,
  path: (string | number)[] = [],
): { name: string; path: (string | number)[] }[] {
  if (typeof template === 'string') {
    return [...template.matchAll(placeholder)].map(([, name]) => ({ name: name!, path }));
  }
  if (template === null || typeof template !== 'object') return [];
  return Object.entries(template).flatMap(([key, inner]) =>
    placeholders(inner, [...path, Array.isArray(template) ? Number(key) : key]),
  );
}
