/** What a value must have to be read: by path, the type of what is there. */
export type Fields = Readonly<Record<string, 'number' | 'string' | 'object'>>;

/** 'test.clean.error: expected a number, got nothing': the first field that is not as it must be; null where all are. */
export function fieldFault(value: unknown, fields: Fields): string | null {
  for (const [path, type] of Object.entries(fields)) {
    const found = path.split('.').reduce<unknown>((within, key) => (within as Record<string, unknown>)?.[key], value);
    if (typeof found === type && found !== null) continue;
    const got = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 60);
    return `${path}: expected ${type === 'object' ? 'an' : 'a'} ${type}, got ${got}`;
  }
  return null;
}
