export {
  type Address,
  type BrokerSettings,
  brokerAccount,
  brokerConfig,
  newPassword,
  type Secret,
  showAddress,
} from './broker/broker-config.js';
export { credentialsText, readCredentials, type WrittenConnection } from './broker/credentials-file.js';
export { durableBucket, runsConsumer, sweepsBucket } from './broker/durable-permissions.js';
export { findNatsServer, howToGetNatsServer } from './broker/find-nats-server.js';
export { freePort } from './broker/free-port.js';
export { type Permissions, permissionsOf } from './broker/permissions.js';
export {
  type BrokerConnection,
  type ConnectionRequest,
  isBrokerAddress,
  resolveConnection,
} from './broker/resolve-connection.js';
export { type BrokerRole, inboxPrefix, isInbox, isRole, roles } from './broker/roles.js';
export { type StartedBroker, startBroker } from './broker/start-broker.js';
export { type Bus, type Limits, NoResponders, type RequestOptions, RequestTimeout, type Stop } from './bus/bus.js';
export { BusClosed } from './bus/bus-closed.js';
export type { BusEvent } from './bus/bus-event.js';
export { InProcessBus } from './bus/in-process-bus.js';
export { NatsBus, type NatsBusOptions } from './bus/nats-bus.js';
export { type Refusal, Refusals } from './bus/refusals.js';
export { ServiceFault } from './bus/service-fault.js';
export { sparingly } from './bus/sparingly.js';
export type { Traffic } from './bus/traffic.js';
export { canonicalJson } from './config/canonical-json.js';
export { configDigest } from './config/config-digest.js';
export { ConfigError, type ConfigFault } from './config/config-error.js';
export { jsonSchema as configSchema, type WrittenConfig } from './config/config-schema.js';
export { readConfigYaml, writeConfigYaml } from './config/config-yaml.js';
export { checkAgainstData, type LoadedData } from './config/data-check.js';
export { ModelPlaces } from './config/model-places.js';
export { editDistance, nearestName } from './config/nearest.js';
export {
  listRecipes,
  type PublishedFigures,
  publishedFigures,
  type Recipe,
  recipesFolder,
} from './config/recipe-file.js';
export { type ConfigRequest, parseConfigYaml, parseShownConfig, resolveConfig } from './config/resolve-config.js';
export { retrainConfig, selectionConfig } from './config/retrain-config.js';
export type {
  AttackConfig,
  DataConfig,
  EarlyStopConfig,
  EngineChoice,
  EvaluationConfig,
  InitConfig,
  LayerConfig,
  MaxoutConfig,
  MlpConfig,
  ModelConfig,
  OptimizerConfig,
  RunConfig,
  ScheduleConfig,
  SyntheticConfig,
  TwinConfig,
} from './config/run-config.js';
export { engineChoices } from './config/run-config.js';
export { twinConfig } from './config/twin-config.js';
export type { DurableStore, Entry } from './durable/durable-store.js';
export { NatsStore, type StoreOptions } from './durable/nats-store.js';
export type { StoreRoom } from './durable/store-room.js';
export type { Change } from './durable/watch-entries.js';
export { ackWaitMs, type Pulled, type Queued, WorkQueue } from './durable/work-queue.js';
export { type HttpHandler, HttpServer, type HttpServerOptions } from './http/http-server.js';
export { checkLogLevel, createLogger, type Logger, logLevels } from './logger.js';
export { isUnderNohup, respectNohup } from './nohup.js';
export { writeAtomically } from './run-folder/atomic-write.js';
export type { Checkpoint } from './run-folder/checkpoint.js';
export { CheckpointError } from './run-folder/checkpoint-error.js';
export {
  type CheckpointKind,
  checkpointFile,
  checkpointStep,
  decodeCheckpoint,
  encodeCheckpoint,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
} from './run-folder/checkpoint-file.js';
export { digest, shortDigest } from './run-folder/digest.js';
export { findRun, listRuns } from './run-folder/find-run.js';
export { makeFolder } from './run-folder/make-folder.js';
export { appendMetrics, type MetricsRecord, readMetrics, truncateMetrics } from './run-folder/metrics-file.js';
export { newRunId, RunFolder } from './run-folder/run-folder.js';
export { asRunFolderError, RunFolderError, RunInUse } from './run-folder/run-folder-error.js';
export { claimRun, type Holder, isClaimed, livingHolder, type RunLock } from './run-folder/run-lock.js';
export { type DecodedSafetensors, decodeSafetensors, encodeSafetensors } from './run-folder/safetensors.js';
export { readSummary } from './run-folder/summary-file.js';
export type { NamedTensors, TensorData } from './run-folder/tensor-data.js';
export { exitCodes, onShutdown, type ShutdownSignal } from './shutdown.js';
export { ComputeThread } from './threads/compute-thread.js';
export { moved } from './threads/moved.js';
export { ThreadLost } from './threads/thread-lost.js';
export { ThreadShelf } from './threads/thread-shelf.js';
export { startBeats } from './worker/beats.js';
export {
  ClusterWorker,
  type ClusterWorkerEvent,
  type ClusterWorkerOptions,
  type Pastime,
} from './worker/cluster-worker.js';
export type { Computer, Steps } from './worker/computer.js';
export { cpuName, JoinRefused } from './worker/join.js';
export { StateSource, type StateSourceOptions, StepGone } from './worker/state-source.js';
export { type DataSetSource, type LoadedDataSet, ThreadComputer } from './worker/thread-computer.js';
export { stepsOn } from './worker/thread-steps.js';
export { type WorkerEvent, type WorkerOptions, WorkLoop } from './worker/work-loop.js';
export type { ClusterEnvironment, WorkerEnvironment } from './worker/worker-environment.js';
