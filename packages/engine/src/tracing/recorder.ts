import { fuseBias } from './fuse-bias.js';
import type { Attribute, Operation, Scope, Value, ValueType } from './value.js';

/** Collects the values of one traced function. Equal operations on equal values within one scope are one value (hash-consing). */
export class Recorder {
  readonly values: Value[] = [];
  readonly #known = new Map<string, Value>();
  readonly #scopes: Scope[] = [];
  #numScopes = 0;

  constructor(name: string) {
    this.open(name);
  }

  get scope(): Scope {
    return this.#scopes.at(-1)!;
  }

  open(name: string): void {
    this.#scopes.push({ id: this.#numScopes++, name, values: [], aliases: new Map() });
  }

  /** Runs the rewriting passes over the innermost scope, after which its values are final, and leaves it. */
  close(): void {
    fuseBias(this.scope);
    this.#scopes.pop();
  }

  /** Leaves the innermost scope after an exception. */
  abandon(): void {
    this.#scopes.pop();
  }

  record(operation: Operation, shape: readonly number[], dtype: ValueType): Value {
    const { op, inputs, attributes, data } = operation;
    const key = `${this.scope.id} ${op} ${inputs.map(({ id }) => id)} ${JSON.stringify(attributes)} ${dtype} ${shape} ${
      data ? data.map(exactText) : ''
    }`;
    const known = this.#known.get(key);
    if (known) return known;
    const value = this.#add(operation, shape, dtype);
    this.#known.set(key, value);
    return value;
  }

  /** A new opaque stand-in for the value, never shared. */
  edge(source: Value): Value {
    return this.#add({ op: 'Alias', inputs: [source], attributes: {} }, source.shape, source.dtype);
  }

  /** The value itself where it belongs to the innermost scope, else its stand-in there. */
  local(value: Value): Value {
    if (value.scope === this.scope) return value;
    const known = this.scope.aliases.get(value);
    if (known) return known;
    const alias = this.edge(value);
    this.scope.aliases.set(value, alias);
    return alias;
  }

  #add(operation: Operation, shape: readonly number[], dtype: ValueType): Value {
    for (const input of operation.inputs) input.uses++;
    const value: Value = { id: this.values.length, shape, dtype, scope: this.scope, operation, uses: 0 };
    this.values.push(value);
    this.scope.values.push(value);
    return value;
  }
}

let current: Recorder | null = null;

export function setRecorder(next: Recorder | null): void {
  current = next;
}

/** The recorder of the function being traced. */
export function recorder(): Recorder {
  if (!current) throw new Error('no function is being traced');
  return current;
}

/** Records one ONNX operator, or finds the equal one recorded before. */
export function emit(
  op: string,
  inputs: readonly Value[],
  shape: readonly number[],
  dtype: ValueType,
  attributes: Readonly<Record<string, Attribute>> = {},
): Value {
  return recorder().record({ op, inputs, attributes }, shape, dtype);
}

/** -0 and 0 are different constants, NaN is equal to itself. */
function exactText(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number);
}
