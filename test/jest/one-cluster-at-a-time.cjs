const { default: TestRunner, EmittingTestRunner } = require('jest-runner');

/** Where the tests are that start a whole cluster each, of several processes. */
const ofClusters = /\/test\/(cluster\/|deploy\/|page\/cluster\.)/;

/**
 * Jest's own runner, twice: one worker takes the tests that start whole clusters, so that there is never more than one of those, and
 * all other workers meanwhile take the other tests.
 */
module.exports = class OneClusterAtATime extends EmittingTestRunner {
  #clusters;
  #others;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    const runner = (maxWorkers) => new TestRunner({ ...globalConfig, maxWorkers }, context);
    this.#clusters = runner(1);
    this.#others = runner(Math.max(1, globalConfig.maxWorkers - 1));
  }

  async runTests(tests, watcher, options) {
    const clusters = tests.filter(({ path }) => ofClusters.test(path));
    const others = tests.filter(({ path }) => !ofClusters.test(path));
    const run = (runner, some) => (some.length > 0 ? runner.runTests(some, watcher, options) : undefined);
    if (options.serial) {
      await run(this.#others, others);
      await run(this.#clusters, clusters);
    } else await Promise.all([run(this.#clusters, clusters), run(this.#others, others)]);
  }

  on(event, listener) {
    const stops = [this.#clusters, this.#others].map((runner) => runner.on(event, listener));
    return () => {
      for (const stop of stops) stop();
    };
  }
};
