/** Tells so many events a second, and leaves out the rest: what anyone may cause at any rate must flood neither log nor subscribers. */
export function sparingly<Event>(tell: (event: Event) => void, mostASecond = 5): (event: Event) => void {
  let since = Number.NEGATIVE_INFINITY;
  let told = 0;
  return (event) => {
    const now = performance.now();
    if (now - since >= 1_000) {
      since = now;
      told = 0;
    }
    if (told++ < mostASecond) tell(event);
  };
}
