/** The name closest to `word` by edit distance, or null where none is near enough to be what was meant. */
export function nearestName(word: string, names: readonly string[]): string | null {
  if (word.length > longestWord) return null;
  let nearest: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < least && distance < Math.max(word.length, name.length)) {
      nearest = name;
      least = distance;
    }
  }
  return nearest;
}

/** Nobody means a name by more: distances to it take time. */
const longestWord = 100;

/** Levenshtein's distance: insertions, deletions and replacements of one character, one row of the table at a time. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, above[column]! + 1, current[column - 1]! + 1));
    }
    above = current;
  }
  return above[b.length]!;
}
