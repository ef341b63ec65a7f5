import type { tf } from '../../tensorflow.js';
import type { Kernels } from '../kernel.js';
import { binary, cast, unary, where } from '../operations/elementwise.js';
import { reshape } from '../operations/layout.js';
import { reduce } from '../operations/reduce.js';
import type { Value } from '../value.js';

/** Comparisons, truth values and selection. */
export const logic: Kernels = {
  Equal: ({ a, b }) => binary('Equal', a, b),
  NotEqual: ({ a, b }) => unary('Not', binary('Equal', a, b)),
  Greater: ({ a, b }) => compare('Greater', a, b),
  GreaterEqual: ({ a, b }) => compare('GreaterOrEqual', a, b),
  Less: ({ a, b }) => compare('Less', a, b),
  LessEqual: ({ a, b }) => compare('LessOrEqual', a, b),
  LogicalAnd: ({ a, b }) => binary('And', a, b),
  LogicalOr: ({ a, b }) => binary('Or', a, b),
  LogicalXor: ({ a, b }) => binary('Xor', a, b),
  LogicalNot: ({ x }) => unary('Not', x),
  All: ({ x }, { axis, keepDims }: tf.AllAttrs) => cast(reduce('Min', cast(x, 'int32'), axis, keepDims), 'bool'),
  Any: ({ x }, { axis, keepDims }: tf.AnyAttrs) => cast(reduce('Max', cast(x, 'int32'), axis, keepDims), 'bool'),
  IsNan: ({ x }) => unary('IsNaN', x, 'bool'),
  IsInf: ({ x }) => unary('IsInf', x, 'bool'),
  IsFinite: ({ x }) => unary('Not', binary('Or', unary('IsNaN', x, 'bool'), unary('IsInf', x, 'bool'))),
  // A condition of rank 1 chooses whole rows.
  Select: ({ condition, t, e }) => {
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const chosen = rows ? reshape(condition, [condition.shape[0]!, ...t.shape.slice(1).map(() => 1)]) : condition;
    return where(chosen, t, e);
  },
};

function compare(op: string, a: Value, b: Value): Value {
  return a.dtype === 'bool' ? binary(op, cast(a, 'int32'), cast(b, 'int32')) : binary(op, a, b);
}
