import { type DataSet, type DataSpec, loadDataSet } from '@sparring/data';

/** Loads each data set once. Its examples lie in shared memory, so that all slots read the same. */
export class SharedData {
  readonly #loaded = new Map<string, Promise<DataSet>>();

  load = (spec: DataSpec): Promise<DataSet> => {
    const key = JSON.stringify(spec);
    let loading = this.#loaded.get(key);
    if (!loading) {
      loading = loadDataSet(spec);
      this.#loaded.set(key, loading);
    }
    return loading;
  };
}
