import { parse } from 'yaml';
import type { ConfigFault } from './config-error.js';
import { setAt, type WrittenTree } from './written-tree.js';

/** Applies `key=value` assignments in order, values read as YAML; returns a fault for each that cannot be read. */
export function applyAssignments(tree: WrittenTree, assignments: readonly string[]): ConfigFault[] {
  return assignments.flatMap((assignment) => {
    const equals = assignment.indexOf('=');
    const path = assignment.slice(0, Math.max(equals, 0)).trim().split('.');
    if (equals < 0 || path.some((key) => key === '' || key === '__proto__')) return [unreadable(assignment, null)];
    try {
      setAt(tree, path, parse(assignment.slice(equals + 1)));
      return [];
    } catch (error) {
      return [unreadable(assignment, (error as Error).message.split('\n')[0]!.replace(/:$/, ''))];
    }
  });
}

function unreadable(assignment: string, hint: string | null): ConfigFault {
  const takes = 'key=value with a dotted key and a YAML value, such as attack.epsilon=.1';
  return { path: '--set', got: JSON.stringify(assignment), takes, hint };
}
