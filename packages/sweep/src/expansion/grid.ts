import { ConfigError } from '@sparring/runtime';

/** An option that a sweep varies: `alpha`, with the values as they were written. */
export interface Axis {
  readonly key: string;
  readonly values: readonly string[];
}

/** The axis that `alpha=.3,.5,1` names; a comma within brackets or quotes belongs to the value. @throws ConfigError */
export function parseAxis(text: string): Axis {
  const refuse = (hint: string | null): never => {
    const takes = 'key=value,value with a dotted key, such as attack.epsilon=.1,.25';
    throw new ConfigError('command line', [{ path: '--grid', got: JSON.stringify(text), takes, hint }]);
  };
  const equals = text.indexOf('=');
  const key = text.slice(0, Math.max(0, equals)).trim();
  if (key === '') return refuse(null);
  if (key === 'seed') return refuse('seeds are given with --seeds');
  const values = splitOutside(text.slice(equals + 1)).map((value) => value.trim());
  if (values.some((value) => value === '')) return refuse('a value is missing');
  const twice = values.find((value, n) => values.indexOf(value) < n);
  if (twice !== undefined) return refuse(`${twice} stands there twice`);
  return { key, values };
}

/** All combinations of the axes' values as assignments `key=value`, the last axis varying fastest; one without any where there is no axis. */
export function combinations(axes: readonly Axis[]): string[][] {
  return axes.reduce<string[][]>(
    (before, { key, values }) => before.flatMap((earlier) => values.map((value) => [...earlier, `${key}=${value}`])),
    [[]],
  );
}

/** @throws ConfigError where two axes vary the same option */
export function checkAxes(axes: readonly Axis[]): void {
  const keys = axes.map(({ key }) => key);
  const twice = keys.find((key, n) => keys.indexOf(key) < n);
  if (twice === undefined) return;
  const fault = { path: '--grid', got: twice, takes: 'each option once, with all its values', hint: null };
  throw new ConfigError('command line', [fault]);
}

function splitOutside(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('[{'.includes(char)) depth++;
    else if (']}'.includes(char)) depth--;
    if (char === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
