import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterSubjects, subjectsOf } from '../dist/index.js';

const namesOf = (subjects: object) =>
  Object.values(subjects).flatMap((entity: object) => Object.values(entity).map(({ name }) => name as string));

test('subjects are named sparring.<run>.<entity>.<action>', () => {
  expect(subjectsOf('demo-s0').membership.join.name).toBe('sparring.demo-s0.membership.join');
  for (const name of namesOf(subjectsOf('demo-s0'))) expect(name).toMatch(/^sparring\.demo-s0\.[a-z]+\.[a-z]+$/);
  for (const name of namesOf(clusterSubjects())) expect(name).toMatch(/^sparring\.cluster\.[a-z]+\.[a-z]+$/);
});

test('no two subjects share a name, within a run or between two', () => {
  const names = [subjectsOf('one'), subjectsOf('two'), clusterSubjects()].flatMap(namesOf);
  expect(new Set(names).size).toBe(names.length);
});

test('the .proto files say of every subject what is said there', () => {
  const folder = join(import.meta.dirname, '../../../proto/sparring/v1');
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const said = [...text.matchAll(/Subject: (\S+)/g)].map(([, name]) => name!);
  expect(said.sort()).toEqual([...namesOf(subjectsOf('<run>')), ...namesOf(clusterSubjects())].sort());
});
