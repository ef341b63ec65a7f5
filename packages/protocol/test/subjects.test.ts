import { subjectsOf } from '../dist/index.js';

const namesOf = (run: string) =>
  Object.values(subjectsOf(run)).flatMap((entity) => Object.values(entity).map(({ name }) => name));

test('subjects are named sparring.<run>.<entity>.<action>', () => {
  expect(subjectsOf('demo-s0').membership.join.name).toBe('sparring.demo-s0.membership.join');
  for (const [entity, actions] of Object.entries(subjectsOf('demo-s0'))) {
    for (const [action, { name }] of Object.entries(actions)) expect(name).toBe(`sparring.demo-s0.${entity}.${action}`);
  }
});

test('no two subjects share a name, within a run or between two', () => {
  const names = [...namesOf('one'), ...namesOf('two')];
  expect(new Set(names).size).toBe(names.length);
});
