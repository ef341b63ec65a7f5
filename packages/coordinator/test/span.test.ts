import { SpanLength } from '../dist/training/span.js';

test('the first span is one call of the engine', () => {
  expect(new SpanLength(8).next(1_000)).toBe(8);
});

test('later ones are about a second of work, in whole calls', () => {
  const span = new SpanLength(8);
  span.observe(8, 80, 0);
  expect(span.next(1_000)).toBe(96);
});

test('slow steps are still leased a call at a time', () => {
  const span = new SpanLength(8);
  span.observe(8, 80_000, 0);
  expect(span.next(1_000)).toBe(8);
});

test('a span ends where it must', () => {
  const span = new SpanLength(8);
  expect(span.next(3)).toBe(3);
  span.observe(8, 8, 0);
  expect(span.next(20)).toBe(20);
});

test('a state that takes long to come back is asked for less often', () => {
  const span = new SpanLength(8);
  span.observe(8, 900, 100);
  expect(span.next(1_000)).toBe(16);
  span.observe(16, 1_700, 40);
  expect(span.next(1_000)).toBe(8);
});

test('no state takes so long that a run would not be heard of for more than some seconds', () => {
  const span = new SpanLength(8);
  span.observe(8, 8_080, 8_000);
  expect(span.next(1_000)).toBe(8);
  span.observe(8, 80, 8_000);
  expect(span.next(10_000)).toBe(496);
});
