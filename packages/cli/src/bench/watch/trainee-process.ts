import { answerQuestions } from './forked.js';
import { Trainee, type TraineeRequest } from './trainee.js';

/** The process of a training that is measured: told what it is, it says where it can be watched; then it trains, a turn at a time. */

let trainee: Trainee | undefined;

answerQuestions(async (question: TraineeRequest | number) => {
  if (typeof question === 'number') return trainee!.turn(question);
  trainee = await Trainee.open(question);
  return trainee.url;
});
