type Tensors = Readonly<Record<string, Float32Array>>;

/** How large the numbers of a state are. null where there are none of the kind, or none were seen lately. */
export interface StateNorms {
  readonly parameters: number;
  readonly velocity: number | null;
  /** Of a recent step's gradient. */
  readonly gradient: number | null;
}

/**
 * Norms of a state and its gradients, for whoever asks now and then. To compute them takes milliseconds: that is done only when they were
 * asked for, and a tenth of a percent of the time at most.
 */
export class Norms {
  readonly #ofState = new Sparing<Omit<StateNorms, 'gradient'>>();
  readonly #ofGradient = new Sparing<number>();
  #gradient: number | null = null;
  #asked = false;

  read(state: Tensors): StateNorms {
    this.#asked = true;
    const { parameters, velocity } = this.#ofState.get(() => ({
      parameters: normOf(state, 'parameters/')!,
      velocity: normOf(state, 'velocity/'),
    }));
    return { parameters, velocity, gradient: this.#gradient };
  }

  /** Looks at a step's gradients, all of which add up to it, if anybody has asked since it last did. */
  see(gradients: readonly Tensors[]): void {
    if (!this.#asked || !this.#ofGradient.isDue) return;
    this.#asked = false;
    this.#gradient = this.#ofGradient.get(() => normOfSum(gradients));
  }

  /** Steps were taken whose gradients nobody saw. */
  forgetGradient(): void {
    this.#gradient = null;
  }
}

/** L2 norm of all tensors whose names begin so; null where there are none. One pass: a millisecond a million numbers. */
function normOf(tensors: Tensors, prefix: string): number | null {
  const parts = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  if (parts.length === 0) return null;
  let squares = 0;
  for (const [, values] of parts) for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  return Math.sqrt(squares);
}

/** L2 norm of the sum of several sets of tensors of the same names. */
function normOfSum(sets: readonly Tensors[]): number {
  let squares = 0;
  for (const name of Object.keys(sets[0]!)) {
    const parts = sets.map((set) => set[name]!);
    for (let i = 0; i < parts[0]!.length; i++) {
      let sum = 0;
      for (const part of parts) sum += part[i]!;
      squares += sum * sum;
    }
  }
  return Math.sqrt(squares);
}

/** Computes something again no sooner than a second later, and than it took two thousand times: there are two of these. */
class Sparing<Value> {
  #last: { readonly value: Value; readonly dueAt: number } | undefined;

  get isDue(): boolean {
    return this.#last === undefined || performance.now() >= this.#last.dueAt;
  }

  /** What was computed last, or is now that it is due. */
  get(compute: () => Value): Value {
    if (this.#last !== undefined && !this.isDue) return this.#last.value;
    const startedAt = performance.now();
    const value = compute();
    const now = performance.now();
    this.#last = { value, dueAt: now + Math.max(1_000, 2_000 * (now - startedAt)) };
    return value;
  }
}
