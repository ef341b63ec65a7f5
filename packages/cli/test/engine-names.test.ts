import { engineNames } from '@sparring/engine';
import { engineChoices } from '@sparring/runtime';

test("the configuration offers the engines that there are, and 'auto'", () => {
  expect(engineChoices).toEqual(['auto', ...engineNames]);
});
