import { Norms } from '../dist/training/norms.js';

const state = {
  'parameters/a': Float32Array.of(1, 2),
  'parameters/b': Float32Array.of(2),
  'velocity/a': Float32Array.of(0.5, 0),
  'velocity/b': Float32Array.of(0),
  'history/0/a': Float32Array.of(9, 9),
};
const gradients = [
  { a: Float32Array.of(3, 1), b: Float32Array.of(1) },
  { a: Float32Array.of(0, -1), b: Float32Array.of(3) },
];

describe('norms', () => {
  it('are of all parameters and velocities together, and of the sum of the gradients once somebody has asked', () => {
    const norms = new Norms();
    norms.see(gradients);
    expect(norms.read(state)).toEqual({ parameters: 3, velocity: 0.5, gradient: null });
    norms.see(gradients);
    expect(norms.read(state).gradient).toBe(5);
    norms.forgetGradient();
    expect(norms.read(state).gradient).toBeNull();
  });

  it('are computed once a second at most, however often they are asked for', () => {
    const norms = new Norms();
    norms.read(state);
    norms.see(gradients);
    const later = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.map((x) => 2 * x)]));
    expect(norms.read(later).parameters).toBe(3);
    norms.see([gradients[0]!]);
    expect(norms.read(later).gradient).toBe(5);
  });

  it('are null of what there is none', () => {
    expect(new Norms().read({ 'parameters/a': Float32Array.of(4) })).toEqual({
      ...{ parameters: 4, velocity: null, gradient: null },
    });
  });
});
