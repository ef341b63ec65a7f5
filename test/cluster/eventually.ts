/** Looks again and again, until it is as it should be. @throws what was looked at last, where that takes too long */
export async function eventually<Seen>(look: () => Promise<Seen>, isThere: (seen: Seen) => boolean, withinMs = 60_000) {
  for (const endsAt = performance.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (performance.now() > endsAt) throw new Error(`not within ${withinMs} ms; it was ${JSON.stringify(seen)}`);
  }
}
