import { editDistance, nearestName } from '../dist/index.js';

describe('editDistance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['same', 'same', 0],
    ['flaw', 'lawn', 2],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('nearestName', () => {
  it('finds what was probably meant, whatever its case', () => {
    expect(nearestName('batsh', ['batch', 'shards'])).toBe('batch');
    expect(nearestName('STEPSPERCAL', ['stepsPerCall', 'staleness'])).toBe('stepsPerCall');
  });

  it('offers nothing where nothing is near', () => {
    expect(nearestName('banana', ['batch', 'shards'])).toBeNull();
    expect(nearestName('x', ['y'])).toBeNull();
  });
});
