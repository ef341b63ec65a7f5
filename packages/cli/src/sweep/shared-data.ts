import { type DataSet, type DataSpec, loadDataSet } from '@sparring/data';
import { Recent } from './recent.js';

/** Whoever computes sweeps for weeks must not keep every data set that it has met. */
const mostKept = 4;

/** Loads each data set once, while it is in use. Its examples lie in shared memory, so that all slots read the same. */
export class SharedData {
  readonly #loaded = new Recent<Promise<DataSet>>(mostKept);

  load = (spec: DataSpec): Promise<DataSet> => {
    const key = JSON.stringify(spec);
    let loading = this.#loaded.get(key);
    if (!loading) {
      loading = loadDataSet(spec);
      this.#loaded.set(key, loading);
      // It may be there later.
      loading.catch(() => this.#loaded.delete(key));
    }
    return loading;
  };
}
