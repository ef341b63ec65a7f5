/** One thing that was looked for. */
export interface Finding {
  readonly section: 'machine' | 'engines' | 'data' | 'cluster' | 'disk';
  readonly name: string;
  readonly state: 'present' | 'absent' | 'missing';
  readonly detail: string;
  /** How to get what is not there; null where there is nothing to get. */
  readonly howToGet: string | null;
}

// 'absent' is optional, 'missing' is not.
export function present(section: Finding['section'], name: string, detail: string): Finding {
  return { section, name, state: 'present', detail, howToGet: null };
}

export function absent(section: Finding['section'], name: string, detail: string, howToGet: string): Finding {
  return { section, name, state: 'absent', detail, howToGet };
}

export function missing(section: Finding['section'], name: string, detail: string, howToGet: string): Finding {
  return { section, name, state: 'missing', detail, howToGet };
}
