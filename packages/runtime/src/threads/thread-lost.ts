/** The compute thread ended during a call: the task is not to blame. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}
