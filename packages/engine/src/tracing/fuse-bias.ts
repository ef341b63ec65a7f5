import type { Scope, Value } from './value.js';

/**
 * Add(Gemm(a, b), bias) → Gemm(a, b, bias), where nothing else uses the product. It changes rounding, so it must depend on the scope
 * alone: uses are counted as recorded, dead or not, and a piece's outputs count as used.
 */
export function fuseBias(scope: Scope): void {
  for (const sum of scope.values) {
    if (sum.operation.op !== 'Add') continue;
    const [left, right] = sum.operation.inputs as [Value, Value];
    const pair = [
      [left, right],
      [right, left],
    ].find(([product, bias]) => isLoneProduct(product!, scope) && isBias(bias!, product!));
    if (!pair) continue;
    const [product, bias] = pair as [Value, Value];
    sum.operation = { ...product.operation, inputs: [...product.operation.inputs, bias] };
  }
}

function isLoneProduct(value: Value, scope: Scope): boolean {
  const { op, inputs } = value.operation;
  return op === 'Gemm' && inputs.length === 2 && value.uses === 1 && value.scope === scope;
}

/** One row for all: adding whole matrices this way would only copy them first. */
function isBias(value: Value, product: Value): boolean {
  const columns = product.shape[1]!;
  const shape = value.shape;
  const rows = shape.length === 2 ? shape[0]! : 1;
  return shape.length >= 1 && shape.length <= 2 && rows === 1 && shape.at(-1) === columns;
}
