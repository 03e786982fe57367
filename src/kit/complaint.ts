import type { z } from 'zod';

/** What whoever writes YAML calls the types that Zod names. */
const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'empty',
};
const kind = (name: string): string => kinds[name] ?? name;

/** What is wrong with a value, in the words of the person who wrote it. A message of our own schema stays as it is. */
export function complaint(issue: z.core.$ZodIssue): string {
  if (!/^Invalid (input|option): /.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') {
    // Zod calls what is not there "received undefined"; nobody wrote that.
    const received = issue.message.split(', received ')[1] ?? 'something else';
    if (received === 'undefined') return `is missing (${issue.expected})`;
    return `must be ${kind(issue.expected)}, not ${kind(received)}`;
  }
  if (issue.code === 'invalid_value') {
    const [first, ...more] = issue.values.map(String);
    return more.length === 0 ? `must be ${first}` : `must be one of ${[first, ...more].join(', ')}`;
  }
  return issue.message;
}
