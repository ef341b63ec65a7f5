import { SpanLength } from '../dist/training/span.js';

test('the first span is one call of the engine', () => {
  expect(new SpanLength(8).next(1_000)).toBe(8);
});

test('later ones are about a second of work, in whole calls', () => {
  const span = new SpanLength(8);
  span.observe(8, 80);
  expect(span.next(1_000)).toBe(96);
});

test('slow steps are still leased a call at a time', () => {
  const span = new SpanLength(8);
  span.observe(8, 80_000);
  expect(span.next(1_000)).toBe(8);
});

test('a span ends where it must', () => {
  const span = new SpanLength(8);
  expect(span.next(3)).toBe(3);
  span.observe(8, 8);
  expect(span.next(20)).toBe(20);
});
