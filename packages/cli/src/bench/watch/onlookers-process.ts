import { answerQuestions } from './forked.js';
import { Onlookers, type OnlookersRequest } from './onlookers.js';

/** Those who watch a training, in a process of their own: told where, they look while it has its turn, and say what they saw. */

let onlookers: Onlookers | undefined;

answerQuestions(async (question: OnlookersRequest | 'look' | 'rest') => {
  if (question === 'look') return onlookers!.look();
  if (question === 'rest') return onlookers!.rest();
  onlookers = new Onlookers(question);
});
