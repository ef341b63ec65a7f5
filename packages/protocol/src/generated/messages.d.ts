// Made of /proto by protobufjs-cli 2.7.1, sha256 6bff616ed5117ef1fe6fbf4459b8a4eae61447ebc50ccef1d0425b1223d51d1b. Change what it is made of, and: npm run proto
import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace sparring. */
export namespace sparring {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an AttackResult.
         * @deprecated Use sparring.v1.AttackResult.$Properties instead.
         */
        interface IAttackResult extends sparring.v1.AttackResult.$Properties {
        }

        /** The output of an attack. Subject: sparring.<run>.adversarial.return */
        class AttackResult {

            /**
             * Constructs a new AttackResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AttackResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose result. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** Adversarial examples of the task's shard, [shard size, inputs]; as sign codes where these hold every bit. */
            adversarial?: (sparring.v1.Tensor.$Properties|null);

            /**
             * Encodes the specified AttackResult message. Does not implicitly {@link sparring.v1.AttackResult.verify|verify} messages.
             * @param message AttackResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AttackResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AttackResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AttackResult & sparring.v1.AttackResult.$Shape} AttackResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AttackResult & sparring.v1.AttackResult.$Shape;
        }

        namespace AttackResult {

            /** Properties of an AttackResult. */
            interface $Properties {

                /** Whose result. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** Adversarial examples of the task's shard, [shard size, inputs]; as sign codes where these hold every bit. */
                adversarial?: (sparring.v1.Tensor.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AttackResult. */
            type $Shape = sparring.v1.AttackResult.$Properties;
        }

        /** How numbers lie in a message's body. */
        enum Encoding {

            /** ENCODING_UNSPECIFIED value */
            ENCODING_UNSPECIFIED = 0,

            /** Float32, little-endian: four bytes an element. */
            ENCODING_FLOAT32 = 1,

            /**
             * Four sign codes in a byte, the first input lowest: an element is a byte. Each code says how FGSM moved an input: 0 not at all, 1 by
             * ε up, 2 by ε down, each rounded to float32 once and then clipped. 3 is refused.
             */
            ENCODING_SIGNS = 2
        }

        /**
         * Properties of a Tensor.
         * @deprecated Use sparring.v1.Tensor.$Properties instead.
         */
        interface ITensor extends sparring.v1.Tensor.$Properties {
        }

        /** Describes a tensor of the body. Tensors lie there in the order in which the head describes them, without gaps, and fill it exactly. */
        class Tensor {

            /**
             * Constructs a new Tensor.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Tensor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Empty where the field that holds the tensor says what it is. Names of one message differ from each other. */
            name: string;

            /** How its elements lie in the body. */
            encoding: sparring.v1.Encoding;

            /** Elements; how many bytes each takes is a matter of the encoding. */
            elements: (number|Long);

            /** CRC-32 of the bytes. */
            crc32: number;

            /**
             * Encodes the specified Tensor message. Does not implicitly {@link sparring.v1.Tensor.verify|verify} messages.
             * @param message Tensor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Tensor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tensor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Tensor & sparring.v1.Tensor.$Shape} Tensor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Tensor & sparring.v1.Tensor.$Shape;
        }

        namespace Tensor {

            /** Properties of a Tensor. */
            interface $Properties {

                /** Empty where the field that holds the tensor says what it is. Names of one message differ from each other. */
                name?: (string|null);

                /** How its elements lie in the body. */
                encoding?: (sparring.v1.Encoding|null);

                /** Elements; how many bytes each takes is a matter of the encoding. */
                elements?: (number|Long|null);

                /** CRC-32 of the bytes. */
                crc32?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Tensor. */
            type $Shape = sparring.v1.Tensor.$Properties;
        }

        /**
         * Properties of a WorkRequest.
         * @deprecated Use sparring.v1.WorkRequest.$Properties instead.
         */
        interface IWorkRequest extends sparring.v1.WorkRequest.$Properties {
        }

        /** A worker asks for work; the answer may take until there is some. Subject: sparring.<run>.work.ask */
        class WorkRequest {

            /**
             * Constructs a new WorkRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.WorkRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker that asks. */
            workerId: string;

            /** What it computes. */
            role: sparring.v1.Role;

            /** The term in which the worker joined. */
            term: (number|Long);

            /**
             * Which of the worker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one, the
             * worker has done with whatever it was leased before.
             */
            ask: (number|Long);

            /**
             * Encodes the specified WorkRequest message. Does not implicitly {@link sparring.v1.WorkRequest.verify|verify} messages.
             * @param message WorkRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.WorkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.WorkRequest & sparring.v1.WorkRequest.$Shape} WorkRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.WorkRequest & sparring.v1.WorkRequest.$Shape;
        }

        namespace WorkRequest {

            /** Properties of a WorkRequest. */
            interface $Properties {

                /** The worker that asks. */
                workerId?: (string|null);

                /** What it computes. */
                role?: (sparring.v1.Role|null);

                /** The term in which the worker joined. */
                term?: (number|Long|null);

                /**
                 * Which of the worker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one, the
                 * worker has done with whatever it was leased before.
                 */
                ask?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkRequest. */
            type $Shape = sparring.v1.WorkRequest.$Properties;
        }

        /**
         * Properties of a WorkReply.
         * @deprecated Use sparring.v1.WorkReply.$Properties instead.
         */
        interface IWorkReply extends sparring.v1.WorkReply.$Properties {
        }

        /** Represents a WorkReply. */
        class WorkReply {

            /**
             * Constructs a new WorkReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.WorkReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What to compute next. */
            lease?: (sparring.v1.Lease.$Properties|null);

            /** The run is over, or the worker is not known to the coordinator. */
            leave?: (sparring.v1.Leave.$Properties|null);

            /** WorkReply reply. */
            reply?: ("lease"|"leave");

            /**
             * Encodes the specified WorkReply message. Does not implicitly {@link sparring.v1.WorkReply.verify|verify} messages.
             * @param message WorkReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.WorkReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.WorkReply & sparring.v1.WorkReply.$Shape} WorkReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.WorkReply & sparring.v1.WorkReply.$Shape;
        }

        namespace WorkReply {

            /** Properties of a WorkReply. */
            interface $Properties {

                /** What to compute next. */
                lease?: (sparring.v1.Lease.$Properties|null);

                /** The run is over, or the worker is not known to the coordinator. */
                leave?: (sparring.v1.Leave.$Properties|null);

                /** WorkReply reply */
                reply?: ("lease"|"leave");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a WorkReply. */
            type $Shape = {
              lease?: sparring.v1.Lease.$Shape|null;
              leave?: sparring.v1.Leave.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; lease?: null; leave?: null }|{ reply?: "lease"; lease: sparring.v1.Lease.$Shape; leave?: null }|{ reply?: "leave"; lease?: null; leave: sparring.v1.Leave.$Shape })
            );
        }

        /**
         * Properties of a Leave.
         * @deprecated Use sparring.v1.Leave.$Properties instead.
         */
        interface ILeave extends sparring.v1.Leave.$Properties {
        }

        /** Represents a Leave. */
        class Leave {

            /**
             * Constructs a new Leave.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Leave.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Leave message. Does not implicitly {@link sparring.v1.Leave.verify|verify} messages.
             * @param message Leave message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Leave.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Leave message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Leave & sparring.v1.Leave.$Shape} Leave
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Leave & sparring.v1.Leave.$Shape;
        }

        namespace Leave {

            /** Properties of a Leave. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Leave. */
            type $Shape = sparring.v1.Leave.$Properties;
        }

        /**
         * Properties of a Lease.
         * @deprecated Use sparring.v1.Lease.$Properties instead.
         */
        interface ILease extends sparring.v1.Lease.$Properties {
        }

        /** Time-limited ownership of a task. */
        class Lease {

            /**
             * Constructs a new Lease.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Lease.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Given by the coordinator, once. */
            leaseId: string;

            /** The coordinator's term. */
            term: (number|Long);

            /** What to compute. */
            task?: (sparring.v1.Task.$Properties|null);

            /** How long after it was given the lease ends, in milliseconds. */
            durationMs: number;

            /** For an adversarial pass: the adversarial examples of its shard, [shard size, inputs]. */
            adversarial?: (sparring.v1.Tensor.$Properties|null);

            /**
             * Encodes the specified Lease message. Does not implicitly {@link sparring.v1.Lease.verify|verify} messages.
             * @param message Lease message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Lease.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Lease message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Lease & sparring.v1.Lease.$Shape} Lease
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Lease & sparring.v1.Lease.$Shape;
        }

        namespace Lease {

            /** Properties of a Lease. */
            interface $Properties {

                /** Given by the coordinator, once. */
                leaseId?: (string|null);

                /** The coordinator's term. */
                term?: (number|Long|null);

                /** What to compute. */
                task?: (sparring.v1.Task.$Properties|null);

                /** How long after it was given the lease ends, in milliseconds. */
                durationMs?: (number|null);

                /** For an adversarial pass: the adversarial examples of its shard, [shard size, inputs]. */
                adversarial?: (sparring.v1.Tensor.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Lease. */
            type $Shape = {
              leaseId?: string|null;
              term?: number|Long|null;
              task?: sparring.v1.Task.$Shape|null;
              durationMs?: number|null;
              adversarial?: sparring.v1.Tensor.$Shape|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Task.
         * @deprecated Use sparring.v1.Task.$Properties instead.
         */
        interface ITask extends sparring.v1.Task.$Properties {
        }

        /** Represents a Task. */
        class Task {

            /**
             * Constructs a new Task.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Task.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Steps. */
            advance?: (sparring.v1.AdvanceTask.$Properties|null);

            /** Gradients. */
            pass?: (sparring.v1.PassTask.$Properties|null);

            /** Adversarial examples to train on. */
            attack?: (sparring.v1.AttackTask.$Properties|null);

            /** A measurement. */
            probe?: (sparring.v1.ProbeTask.$Properties|null);

            /** Adversarial examples for a trainer that advances. */
            assist?: (sparring.v1.AssistTask.$Properties|null);

            /** Task task. */
            task?: ("advance"|"pass"|"attack"|"probe"|"assist");

            /**
             * Encodes the specified Task message. Does not implicitly {@link sparring.v1.Task.verify|verify} messages.
             * @param message Task message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Task.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Task message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Task & sparring.v1.Task.$Shape} Task
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Task & sparring.v1.Task.$Shape;
        }

        namespace Task {

            /** Properties of a Task. */
            interface $Properties {

                /** Steps. */
                advance?: (sparring.v1.AdvanceTask.$Properties|null);

                /** Gradients. */
                pass?: (sparring.v1.PassTask.$Properties|null);

                /** Adversarial examples to train on. */
                attack?: (sparring.v1.AttackTask.$Properties|null);

                /** A measurement. */
                probe?: (sparring.v1.ProbeTask.$Properties|null);

                /** Adversarial examples for a trainer that advances. */
                assist?: (sparring.v1.AssistTask.$Properties|null);

                /** Task task */
                task?: ("advance"|"pass"|"attack"|"probe"|"assist");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Task. */
            type $Shape = {
              advance?: sparring.v1.AdvanceTask.$Shape|null;
              pass?: sparring.v1.PassTask.$Shape|null;
              attack?: sparring.v1.AttackTask.$Shape|null;
              probe?: sparring.v1.ProbeTask.$Shape|null;
              assist?: sparring.v1.AssistTask.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ task?: undefined; advance?: null; pass?: null; attack?: null; probe?: null; assist?: null }|{ task?: "advance"; advance: sparring.v1.AdvanceTask.$Shape; pass?: null; attack?: null; probe?: null; assist?: null }|{ task?: "pass"; advance?: null; pass: sparring.v1.PassTask.$Shape; attack?: null; probe?: null; assist?: null }|{ task?: "attack"; advance?: null; pass?: null; attack: sparring.v1.AttackTask.$Shape; probe?: null; assist?: null }|{ task?: "probe"; advance?: null; pass?: null; attack?: null; probe: sparring.v1.ProbeTask.$Shape; assist?: null }|{ task?: "assist"; advance?: null; pass?: null; attack?: null; probe?: null; assist: sparring.v1.AssistTask.$Shape })
            );
        }

        /**
         * Properties of an AdvanceTask.
         * @deprecated Use sparring.v1.AdvanceTask.$Properties instead.
         */
        interface IAdvanceTask extends sparring.v1.AdvanceTask.$Properties {
        }

        /** Consecutive steps of a replica: all its shards in order, update included. */
        class AdvanceTask {

            /**
             * Constructs a new AdvanceTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AdvanceTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Steps that its state has behind it. */
            step: (number|Long);

            /** Steps to do; at least 1. */
            numSteps: (number|Long);

            /** Whose steps, from 0; 0 where there is one replica. */
            replica: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /** Attackers may make some of its examples: whoever advances publishes each step's parameters, and tells them which shards. */
            assisted: boolean;

            /**
             * Encodes the specified AdvanceTask message. Does not implicitly {@link sparring.v1.AdvanceTask.verify|verify} messages.
             * @param message AdvanceTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AdvanceTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AdvanceTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AdvanceTask & sparring.v1.AdvanceTask.$Shape} AdvanceTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AdvanceTask & sparring.v1.AdvanceTask.$Shape;
        }

        namespace AdvanceTask {

            /** Properties of an AdvanceTask. */
            interface $Properties {

                /** Steps that its state has behind it. */
                step?: (number|Long|null);

                /** Steps to do; at least 1. */
                numSteps?: (number|Long|null);

                /** Whose steps, from 0; 0 where there is one replica. */
                replica?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Attackers may make some of its examples: whoever advances publishes each step's parameters, and tells them which shards. */
                assisted?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AdvanceTask. */
            type $Shape = sparring.v1.AdvanceTask.$Properties;
        }

        /**
         * Properties of a PassTask.
         * @deprecated Use sparring.v1.PassTask.$Properties instead.
         */
        interface IPassTask extends sparring.v1.PassTask.$Properties {
        }

        /** The clean or the adversarial pass of one shard, or the two combined: with the attack between them, or on examples that came with the lease. */
        class PassTask {

            /**
             * Constructs a new PassTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.PassTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Which of the passes. */
            part: sparring.v1.PassTask.Part;

            /** Steps that the parameters have behind them. */
            step: (number|Long);

            /** Which slice of the step's batch, from 0. */
            shard: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified PassTask message. Does not implicitly {@link sparring.v1.PassTask.verify|verify} messages.
             * @param message PassTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.PassTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PassTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.PassTask & sparring.v1.PassTask.$Shape} PassTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.PassTask & sparring.v1.PassTask.$Shape;
        }

        namespace PassTask {

            /** Properties of a PassTask. */
            interface $Properties {

                /** Which of the passes. */
                part?: (sparring.v1.PassTask.Part|null);

                /** Steps that the parameters have behind them. */
                step?: (number|Long|null);

                /** Which slice of the step's batch, from 0. */
                shard?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PassTask. */
            type $Shape = sparring.v1.PassTask.$Properties;

            /** Part enum. */
            enum Part {

                /** PART_UNSPECIFIED value */
                PART_UNSPECIFIED = 0,

                /** PART_WHOLE value */
                PART_WHOLE = 1,

                /** PART_CLEAN value */
                PART_CLEAN = 2,

                /** PART_ADVERSARIAL value */
                PART_ADVERSARIAL = 3,

                /** PART_BOTH value */
                PART_BOTH = 4
            }
        }

        /**
         * Properties of an AttackTask.
         * @deprecated Use sparring.v1.AttackTask.$Properties instead.
         */
        interface IAttackTask extends sparring.v1.AttackTask.$Properties {
        }

        /** The adversarial examples of one shard. */
        class AttackTask {

            /**
             * Constructs a new AttackTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AttackTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The step whose batch is attacked. */
            step: (number|Long);

            /** Which slice of the batch, from 0. */
            shard: (number|Long);

            /** The step whose parameters are attacked. */
            parametersStep: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified AttackTask message. Does not implicitly {@link sparring.v1.AttackTask.verify|verify} messages.
             * @param message AttackTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AttackTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AttackTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AttackTask & sparring.v1.AttackTask.$Shape} AttackTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AttackTask & sparring.v1.AttackTask.$Shape;
        }

        namespace AttackTask {

            /** Properties of an AttackTask. */
            interface $Properties {

                /** The step whose batch is attacked. */
                step?: (number|Long|null);

                /** Which slice of the batch, from 0. */
                shard?: (number|Long|null);

                /** The step whose parameters are attacked. */
                parametersStep?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AttackTask. */
            type $Shape = sparring.v1.AttackTask.$Properties;
        }

        /**
         * Properties of an AssistTask.
         * @deprecated Use sparring.v1.AssistTask.$Properties instead.
         */
        interface IAssistTask extends sparring.v1.AssistTask.$Properties {
        }

        /** The attacks that a trainer asks for while it advances. To whom it is leased asks the trainer for them. */
        class AssistTask {

            /**
             * Constructs a new AssistTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Steps that the span's state has behind it. */
            step: (number|Long);

            /** Steps of the span; at least 1. */
            numSteps: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified AssistTask message. Does not implicitly {@link sparring.v1.AssistTask.verify|verify} messages.
             * @param message AssistTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistTask & sparring.v1.AssistTask.$Shape} AssistTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistTask & sparring.v1.AssistTask.$Shape;
        }

        namespace AssistTask {

            /** Properties of an AssistTask. */
            interface $Properties {

                /** Steps that the span's state has behind it. */
                step?: (number|Long|null);

                /** Steps of the span; at least 1. */
                numSteps?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistTask. */
            type $Shape = sparring.v1.AssistTask.$Properties;
        }

        /**
         * Properties of a ProbeTask.
         * @deprecated Use sparring.v1.ProbeTask.$Properties instead.
         */
        interface IProbeTask extends sparring.v1.ProbeTask.$Properties {
        }

        /** An attack that only measures, on examples of the validation or the test split. */
        class ProbeTask {

            /**
             * Constructs a new ProbeTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ProbeTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Where the examples are from. */
            split: sparring.v1.ProbeTask.Split;

            /** `clean`, or the JSON of an attack's specification. */
            attack: string;

            /** First example … */
            from: (number|Long);

            /** … and the one after the last. */
            to: (number|Long);

            /** The step whose parameters are measured. */
            parametersStep: (number|Long);

            /** How often the run was rolled back before it. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified ProbeTask message. Does not implicitly {@link sparring.v1.ProbeTask.verify|verify} messages.
             * @param message ProbeTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ProbeTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProbeTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ProbeTask & sparring.v1.ProbeTask.$Shape} ProbeTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ProbeTask & sparring.v1.ProbeTask.$Shape;
        }

        namespace ProbeTask {

            /** Properties of a ProbeTask. */
            interface $Properties {

                /** Where the examples are from. */
                split?: (sparring.v1.ProbeTask.Split|null);

                /** `clean`, or the JSON of an attack's specification. */
                attack?: (string|null);

                /** First example … */
                from?: (number|Long|null);

                /** … and the one after the last. */
                to?: (number|Long|null);

                /** The step whose parameters are measured. */
                parametersStep?: (number|Long|null);

                /** How often the run was rolled back before it. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProbeTask. */
            type $Shape = sparring.v1.ProbeTask.$Properties;

            /** Split enum. */
            enum Split {

                /** SPLIT_UNSPECIFIED value */
                SPLIT_UNSPECIFIED = 0,

                /** SPLIT_VALIDATION value */
                SPLIT_VALIDATION = 1,

                /** SPLIT_TEST value */
                SPLIT_TEST = 2
            }
        }

        /**
         * Properties of a ResultOrigin.
         * @deprecated Use sparring.v1.ResultOrigin.$Properties instead.
         */
        interface IResultOrigin extends sparring.v1.ResultOrigin.$Properties {
        }

        /** Which lease a result is of. */
        class ResultOrigin {

            /**
             * Constructs a new ResultOrigin.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ResultOrigin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Who computed it. */
            workerId: string;

            /** The lease, as it was given. */
            leaseId: string;

            /** The term in which the lease was given. */
            term: (number|Long);

            /** Milliseconds that the task took on the compute thread. */
            computeMs: number;

            /** Milliseconds of the lease in which it waited for other workers. */
            waitMs: number;

            /**
             * Encodes the specified ResultOrigin message. Does not implicitly {@link sparring.v1.ResultOrigin.verify|verify} messages.
             * @param message ResultOrigin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ResultOrigin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResultOrigin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ResultOrigin & sparring.v1.ResultOrigin.$Shape} ResultOrigin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ResultOrigin & sparring.v1.ResultOrigin.$Shape;
        }

        namespace ResultOrigin {

            /** Properties of a ResultOrigin. */
            interface $Properties {

                /** Who computed it. */
                workerId?: (string|null);

                /** The lease, as it was given. */
                leaseId?: (string|null);

                /** The term in which the lease was given. */
                term?: (number|Long|null);

                /** Milliseconds that the task took on the compute thread. */
                computeMs?: (number|null);

                /** Milliseconds of the lease in which it waited for other workers. */
                waitMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResultOrigin. */
            type $Shape = sparring.v1.ResultOrigin.$Properties;
        }

        /**
         * Properties of a ProbeResult.
         * @deprecated Use sparring.v1.ProbeResult.$Properties instead.
         */
        interface IProbeResult extends sparring.v1.ProbeResult.$Properties {
        }

        /** What a probe measured: sums over its examples. Subject: sparring.<run>.work.measured */
        class ProbeResult {

            /**
             * Constructs a new ProbeResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ProbeResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose result. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** Examples measured. */
            examples: (number|Long);

            /** Of them, those misclassified. */
            wrong: (number|Long);

            /** Sum of the probabilities that the net gave its wrong answers. */
            confidenceOnMistakes: number;

            /** Sum of the losses, in nats. */
            loss: number;

            /** Sum of the cosines between the input gradients at the examples and at random points of their balls; 0 where those are not measured. */
            gradientCosine: number;

            /**
             * Encodes the specified ProbeResult message. Does not implicitly {@link sparring.v1.ProbeResult.verify|verify} messages.
             * @param message ProbeResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ProbeResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProbeResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ProbeResult & sparring.v1.ProbeResult.$Shape} ProbeResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ProbeResult & sparring.v1.ProbeResult.$Shape;
        }

        namespace ProbeResult {

            /** Properties of a ProbeResult. */
            interface $Properties {

                /** Whose result. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** Examples measured. */
                examples?: (number|Long|null);

                /** Of them, those misclassified. */
                wrong?: (number|Long|null);

                /** Sum of the probabilities that the net gave its wrong answers. */
                confidenceOnMistakes?: (number|null);

                /** Sum of the losses, in nats. */
                loss?: (number|null);

                /** Sum of the cosines between the input gradients at the examples and at random points of their balls; 0 where those are not measured. */
                gradientCosine?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProbeResult. */
            type $Shape = sparring.v1.ProbeResult.$Properties;
        }

        /**
         * Properties of an AssistResult.
         * @deprecated Use sparring.v1.AssistResult.$Properties instead.
         */
        interface IAssistResult extends sparring.v1.AssistResult.$Properties {
        }

        /** A span is over that an attacker has helped with. Subject: sparring.<run>.work.assisted */
        class AssistResult {

            /**
             * Constructs a new AssistResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose result. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** Shards that it attacked. */
            attacks: (number|Long);

            /** The trainer has said that the span is over; else the trainer was not heard any more. */
            dismissed: boolean;

            /**
             * Encodes the specified AssistResult message. Does not implicitly {@link sparring.v1.AssistResult.verify|verify} messages.
             * @param message AssistResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistResult & sparring.v1.AssistResult.$Shape} AssistResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistResult & sparring.v1.AssistResult.$Shape;
        }

        namespace AssistResult {

            /** Properties of an AssistResult. */
            interface $Properties {

                /** Whose result. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** Shards that it attacked. */
                attacks?: (number|Long|null);

                /** The trainer has said that the span is over; else the trainer was not heard any more. */
                dismissed?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistResult. */
            type $Shape = sparring.v1.AssistResult.$Properties;
        }

        /**
         * Properties of a FailureResult.
         * @deprecated Use sparring.v1.FailureResult.$Properties instead.
         */
        interface IFailureResult extends sparring.v1.FailureResult.$Properties {
        }

        /** There is no output. Subject: sparring.<run>.work.failed */
        class FailureResult {

            /**
             * Constructs a new FailureResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.FailureResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose failure. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** What the computation threw, at most 4,000 characters. */
            message: string;

            /**
             * Encodes the specified FailureResult message. Does not implicitly {@link sparring.v1.FailureResult.verify|verify} messages.
             * @param message FailureResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.FailureResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FailureResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.FailureResult & sparring.v1.FailureResult.$Shape} FailureResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.FailureResult & sparring.v1.FailureResult.$Shape;
        }

        namespace FailureResult {

            /** Properties of a FailureResult. */
            interface $Properties {

                /** Whose failure. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** What the computation threw, at most 4,000 characters. */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FailureResult. */
            type $Shape = sparring.v1.FailureResult.$Properties;
        }

        /**
         * Properties of a WorkReceipt.
         * @deprecated Use sparring.v1.WorkReceipt.$Properties instead.
         */
        interface IWorkReceipt extends sparring.v1.WorkReceipt.$Properties {
        }

        /** What became of a result. The answer to results of every kind. */
        class WorkReceipt {

            /**
             * Constructs a new WorkReceipt.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.WorkReceipt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What became of it. */
            verdict: sparring.v1.WorkReceipt.Verdict;

            /**
             * Encodes the specified WorkReceipt message. Does not implicitly {@link sparring.v1.WorkReceipt.verify|verify} messages.
             * @param message WorkReceipt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.WorkReceipt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkReceipt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.WorkReceipt & sparring.v1.WorkReceipt.$Shape} WorkReceipt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.WorkReceipt & sparring.v1.WorkReceipt.$Shape;
        }

        namespace WorkReceipt {

            /** Properties of a WorkReceipt. */
            interface $Properties {

                /** What became of it. */
                verdict?: (sparring.v1.WorkReceipt.Verdict|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkReceipt. */
            type $Shape = sparring.v1.WorkReceipt.$Properties;

            /** Verdict enum. */
            enum Verdict {

                /** VERDICT_UNSPECIFIED value */
                VERDICT_UNSPECIFIED = 0,

                /** VERDICT_ACCEPTED value */
                VERDICT_ACCEPTED = 1,

                /** Of a lease that is over: dropped. */
                VERDICT_STALE = 2,

                /** Its values are not to be used: dropped, and the task leased again. */
                VERDICT_REFUSED = 3
            }
        }

        /** Role enum. */
        enum Role {

            /** ROLE_UNSPECIFIED value */
            ROLE_UNSPECIFIED = 0,

            /** ROLE_TRAINER value */
            ROLE_TRAINER = 1,

            /** ROLE_ATTACKER value */
            ROLE_ATTACKER = 2
        }

        /**
         * Properties of a SettingsRequest.
         * @deprecated Use sparring.v1.SettingsRequest.$Properties instead.
         */
        interface ISettingsRequest extends sparring.v1.SettingsRequest.$Properties {
        }

        /** A worker asks what it needs to know of a run before it can join. Subject: sparring.<run>.membership.settings */
        class SettingsRequest {

            /**
             * Constructs a new SettingsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SettingsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sender's version of the wire. Field 1 in every version, so that different ones can be told apart. */
            protocolVersion: (number|Long);

            /** Chosen by the worker, anew each time it joins. */
            workerId: string;

            /** What the worker computes. */
            role: sparring.v1.Role;

            /**
             * Encodes the specified SettingsRequest message. Does not implicitly {@link sparring.v1.SettingsRequest.verify|verify} messages.
             * @param message SettingsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SettingsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SettingsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SettingsRequest & sparring.v1.SettingsRequest.$Shape} SettingsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SettingsRequest & sparring.v1.SettingsRequest.$Shape;
        }

        namespace SettingsRequest {

            /** Properties of a SettingsRequest. */
            interface $Properties {

                /** The sender's version of the wire. Field 1 in every version, so that different ones can be told apart. */
                protocolVersion?: (number|Long|null);

                /** Chosen by the worker, anew each time it joins. */
                workerId?: (string|null);

                /** What the worker computes. */
                role?: (sparring.v1.Role|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SettingsRequest. */
            type $Shape = sparring.v1.SettingsRequest.$Properties;
        }

        /**
         * Properties of a SettingsReply.
         * @deprecated Use sparring.v1.SettingsReply.$Properties instead.
         */
        interface ISettingsReply extends sparring.v1.SettingsReply.$Properties {
        }

        /** Represents a SettingsReply. */
        class SettingsReply {

            /**
             * Constructs a new SettingsReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SettingsReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker may join. */
            settings?: (sparring.v1.RunSettings.$Properties|null);

            /** Why the worker may not join. */
            refused?: (string|null);

            /** SettingsReply reply. */
            reply?: ("settings"|"refused");

            /**
             * Encodes the specified SettingsReply message. Does not implicitly {@link sparring.v1.SettingsReply.verify|verify} messages.
             * @param message SettingsReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SettingsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SettingsReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SettingsReply & sparring.v1.SettingsReply.$Shape} SettingsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SettingsReply & sparring.v1.SettingsReply.$Shape;
        }

        namespace SettingsReply {

            /** Properties of a SettingsReply. */
            interface $Properties {

                /** The worker may join. */
                settings?: (sparring.v1.RunSettings.$Properties|null);

                /** Why the worker may not join. */
                refused?: (string|null);

                /** SettingsReply reply */
                reply?: ("settings"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SettingsReply. */
            type $Shape = {
              settings?: sparring.v1.RunSettings.$Shape|null;
              refused?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; settings?: null; refused?: null }|{ reply?: "settings"; settings: sparring.v1.RunSettings.$Shape; refused?: null }|{ reply?: "refused"; settings?: null; refused: string })
            );
        }

        /**
         * Properties of a RunSettings.
         * @deprecated Use sparring.v1.RunSettings.$Properties instead.
         */
        interface IRunSettings extends sparring.v1.RunSettings.$Properties {
        }

        /** What a worker needs to know of a run to compute any task of it. */
        class RunSettings {

            /**
             * Constructs a new RunSettings.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.RunSettings.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run's name. */
            run: string;

            /** The coordinator's term: each coordinator that takes over counts one more. */
            term: (number|Long);

            /** The engine that computes, such as `onnx:cpu`: the same in all workers. */
            engine: string;

            /** JSON of the training definition. */
            definition: string;

            /** JSON of the data set's specification. */
            data: string;

            /** Checksum of the data that the coordinator trains on. */
            dataChecksum: string;

            /** Steps that one engine call computes while a trainer advances. */
            stepsPerCall: (number|Long);

            /** Bytes of the largest body that a message of the run has: the whole state, or the adversarial examples of a shard. */
            maxBodyBytes: (number|Long);

            /** How many steps older the parameters are that a whole pass attacks. */
            staleness: (number|Long);

            /** Copies of the parameters that advance on their own between two averages; 1 where there is one set. */
            replicas: (number|Long);

            /**
             * Encodes the specified RunSettings message. Does not implicitly {@link sparring.v1.RunSettings.verify|verify} messages.
             * @param message RunSettings message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.RunSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunSettings message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.RunSettings & sparring.v1.RunSettings.$Shape} RunSettings
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.RunSettings & sparring.v1.RunSettings.$Shape;
        }

        namespace RunSettings {

            /** Properties of a RunSettings. */
            interface $Properties {

                /** The run's name. */
                run?: (string|null);

                /** The coordinator's term: each coordinator that takes over counts one more. */
                term?: (number|Long|null);

                /** The engine that computes, such as `onnx:cpu`: the same in all workers. */
                engine?: (string|null);

                /** JSON of the training definition. */
                definition?: (string|null);

                /** JSON of the data set's specification. */
                data?: (string|null);

                /** Checksum of the data that the coordinator trains on. */
                dataChecksum?: (string|null);

                /** Steps that one engine call computes while a trainer advances. */
                stepsPerCall?: (number|Long|null);

                /** Bytes of the largest body that a message of the run has: the whole state, or the adversarial examples of a shard. */
                maxBodyBytes?: (number|Long|null);

                /** How many steps older the parameters are that a whole pass attacks. */
                staleness?: (number|Long|null);

                /** Copies of the parameters that advance on their own between two averages; 1 where there is one set. */
                replicas?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunSettings. */
            type $Shape = sparring.v1.RunSettings.$Properties;
        }

        /**
         * Properties of a JoinRequest.
         * @deprecated Use sparring.v1.JoinRequest.$Properties instead.
         */
        interface IJoinRequest extends sparring.v1.JoinRequest.$Properties {
        }

        /** A worker asks to be leased work. Subject: sparring.<run>.membership.join */
        class JoinRequest {

            /**
             * Constructs a new JoinRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.JoinRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker that asked for the settings. */
            workerId: string;

            /** What the worker computes. */
            role: sparring.v1.Role;

            /** The term of the settings that the worker was given. */
            term: (number|Long);

            /** Name of the worker's machine. */
            host: string;

            /** The worker's process on it. */
            pid: (number|Long);

            /** What the worker computes with, for the coordinator to compare. */
            qualification?: (sparring.v1.Qualification.$Properties|null);

            /**
             * Encodes the specified JoinRequest message. Does not implicitly {@link sparring.v1.JoinRequest.verify|verify} messages.
             * @param message JoinRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.JoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JoinRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.JoinRequest & sparring.v1.JoinRequest.$Shape} JoinRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.JoinRequest & sparring.v1.JoinRequest.$Shape;
        }

        namespace JoinRequest {

            /** Properties of a JoinRequest. */
            interface $Properties {

                /** The worker that asked for the settings. */
                workerId?: (string|null);

                /** What the worker computes. */
                role?: (sparring.v1.Role|null);

                /** The term of the settings that the worker was given. */
                term?: (number|Long|null);

                /** Name of the worker's machine. */
                host?: (string|null);

                /** The worker's process on it. */
                pid?: (number|Long|null);

                /** What the worker computes with, for the coordinator to compare. */
                qualification?: (sparring.v1.Qualification.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JoinRequest. */
            type $Shape = sparring.v1.JoinRequest.$Properties;
        }

        /**
         * Properties of a Qualification.
         * @deprecated Use sparring.v1.Qualification.$Properties instead.
         */
        interface IQualification extends sparring.v1.Qualification.$Properties {
        }

        /** What a worker computes with, and on: the same in all workers, or their bits could differ. */
        class Qualification {

            /**
             * Constructs a new Qualification.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Qualification.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Name and version of the library that computes. */
            engine: string;

            /** Checksum of the data that the worker loaded. */
            dataChecksum: string;

            /** Digest of two fixed steps through the run's own pieces; empty where coordinator and worker share a process. */
            fingerprint: string;

            /** Model of the CPU. */
            cpu: string;

            /**
             * Encodes the specified Qualification message. Does not implicitly {@link sparring.v1.Qualification.verify|verify} messages.
             * @param message Qualification message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Qualification.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Qualification message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Qualification & sparring.v1.Qualification.$Shape} Qualification
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Qualification & sparring.v1.Qualification.$Shape;
        }

        namespace Qualification {

            /** Properties of a Qualification. */
            interface $Properties {

                /** Name and version of the library that computes. */
                engine?: (string|null);

                /** Checksum of the data that the worker loaded. */
                dataChecksum?: (string|null);

                /** Digest of two fixed steps through the run's own pieces; empty where coordinator and worker share a process. */
                fingerprint?: (string|null);

                /** Model of the CPU. */
                cpu?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Qualification. */
            type $Shape = sparring.v1.Qualification.$Properties;
        }

        /**
         * Properties of a JoinReply.
         * @deprecated Use sparring.v1.JoinReply.$Properties instead.
         */
        interface IJoinReply extends sparring.v1.JoinReply.$Properties {
        }

        /** Represents a JoinReply. */
        class JoinReply {

            /**
             * Constructs a new JoinReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.JoinReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker may ask for work. */
            welcome?: (sparring.v1.Welcome.$Properties|null);

            /** Why the worker may not join. */
            refused?: (string|null);

            /** JoinReply reply. */
            reply?: ("welcome"|"refused");

            /**
             * Encodes the specified JoinReply message. Does not implicitly {@link sparring.v1.JoinReply.verify|verify} messages.
             * @param message JoinReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.JoinReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JoinReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.JoinReply & sparring.v1.JoinReply.$Shape} JoinReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.JoinReply & sparring.v1.JoinReply.$Shape;
        }

        namespace JoinReply {

            /** Properties of a JoinReply. */
            interface $Properties {

                /** The worker may ask for work. */
                welcome?: (sparring.v1.Welcome.$Properties|null);

                /** Why the worker may not join. */
                refused?: (string|null);

                /** JoinReply reply */
                reply?: ("welcome"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a JoinReply. */
            type $Shape = {
              welcome?: sparring.v1.Welcome.$Shape|null;
              refused?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; welcome?: null; refused?: null }|{ reply?: "welcome"; welcome: sparring.v1.Welcome.$Shape; refused?: null }|{ reply?: "refused"; welcome?: null; refused: string })
            );
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use sparring.v1.Welcome.$Properties instead.
         */
        interface IWelcome extends sparring.v1.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link sparring.v1.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Welcome & sparring.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Welcome & sparring.v1.Welcome.$Shape;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = sparring.v1.Welcome.$Properties;
        }

        /**
         * Properties of a LeaveNotice.
         * @deprecated Use sparring.v1.LeaveNotice.$Properties instead.
         */
        interface ILeaveNotice extends sparring.v1.LeaveNotice.$Properties {
        }

        /** A worker leaves: what it was leased goes to others at once. Subject: sparring.<run>.membership.leave */
        class LeaveNotice {

            /**
             * Constructs a new LeaveNotice.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.LeaveNotice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker that leaves. */
            workerId: string;

            /** For the log, at most 4,000 characters. */
            reason: string;

            /**
             * Encodes the specified LeaveNotice message. Does not implicitly {@link sparring.v1.LeaveNotice.verify|verify} messages.
             * @param message LeaveNotice message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.LeaveNotice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LeaveNotice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.LeaveNotice & sparring.v1.LeaveNotice.$Shape} LeaveNotice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.LeaveNotice & sparring.v1.LeaveNotice.$Shape;
        }

        namespace LeaveNotice {

            /** Properties of a LeaveNotice. */
            interface $Properties {

                /** The worker that leaves. */
                workerId?: (string|null);

                /** For the log, at most 4,000 characters. */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LeaveNotice. */
            type $Shape = sparring.v1.LeaveNotice.$Properties;
        }

        /**
         * Properties of a WorkerBeat.
         * @deprecated Use sparring.v1.WorkerBeat.$Properties instead.
         */
        interface IWorkerBeat extends sparring.v1.WorkerBeat.$Properties {
        }

        /** Said by every worker every 500 ms, whether it serves a run or waits for one. Subject: sparring.cluster.membership.beat */
        class WorkerBeat {

            /**
             * Constructs a new WorkerBeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.WorkerBeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The worker that is alive. */
            workerId: string;

            /** What it computes. */
            role: sparring.v1.Role;

            /** Name of the worker's machine. */
            host: string;

            /** The worker's process on it. */
            pid: (number|Long);

            /** The run that it serves; empty while it serves none. */
            run: string;

            /** Messages that it dropped, by reason. */
            refused: { [k: string]: (number|Long) };

            /** What keeps its process from computing runs of sweeps, or from storing their checkpoints: by the sweep's id. */
            hindrances: { [k: string]: string };

            /**
             * Encodes the specified WorkerBeat message. Does not implicitly {@link sparring.v1.WorkerBeat.verify|verify} messages.
             * @param message WorkerBeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.WorkerBeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkerBeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.WorkerBeat & sparring.v1.WorkerBeat.$Shape} WorkerBeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.WorkerBeat & sparring.v1.WorkerBeat.$Shape;
        }

        namespace WorkerBeat {

            /** Properties of a WorkerBeat. */
            interface $Properties {

                /** The worker that is alive. */
                workerId?: (string|null);

                /** What it computes. */
                role?: (sparring.v1.Role|null);

                /** Name of the worker's machine. */
                host?: (string|null);

                /** The worker's process on it. */
                pid?: (number|Long|null);

                /** The run that it serves; empty while it serves none. */
                run?: (string|null);

                /** Messages that it dropped, by reason. */
                refused?: ({ [k: string]: (number|Long) }|null);

                /** What keeps its process from computing runs of sweeps, or from storing their checkpoints: by the sweep's id. */
                hindrances?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkerBeat. */
            type $Shape = sparring.v1.WorkerBeat.$Properties;
        }

        /**
         * Properties of a CoordinatorBeat.
         * @deprecated Use sparring.v1.CoordinatorBeat.$Properties instead.
         */
        interface ICoordinatorBeat extends sparring.v1.CoordinatorBeat.$Properties {
        }

        /** Said by the coordinator every 500 ms. Subject: sparring.cluster.coordinator.beat */
        class CoordinatorBeat {

            /**
             * Constructs a new CoordinatorBeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.CoordinatorBeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chosen by the coordinator when it starts. */
            coordinatorId: string;

            /** The term that it is in; workers ignore older ones. */
            term: (number|Long);

            /** The run that it trains; empty while there is none. */
            run: string;

            /**
             * Encodes the specified CoordinatorBeat message. Does not implicitly {@link sparring.v1.CoordinatorBeat.verify|verify} messages.
             * @param message CoordinatorBeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.CoordinatorBeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CoordinatorBeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.CoordinatorBeat & sparring.v1.CoordinatorBeat.$Shape} CoordinatorBeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.CoordinatorBeat & sparring.v1.CoordinatorBeat.$Shape;
        }

        namespace CoordinatorBeat {

            /** Properties of a CoordinatorBeat. */
            interface $Properties {

                /** Chosen by the coordinator when it starts. */
                coordinatorId?: (string|null);

                /** The term that it is in; workers ignore older ones. */
                term?: (number|Long|null);

                /** The run that it trains; empty while there is none. */
                run?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CoordinatorBeat. */
            type $Shape = sparring.v1.CoordinatorBeat.$Properties;
        }

        /**
         * Properties of an AssistanceRequest.
         * @deprecated Use sparring.v1.AssistanceRequest.$Properties instead.
         */
        interface IAssistanceRequest extends sparring.v1.AssistanceRequest.$Properties {
        }

        /** An attacker asks which shard to attack; the answer may take until there is one. Subject: sparring.<run>.assistance.ask */
        class AssistanceRequest {

            /**
             * Constructs a new AssistanceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistanceRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The attacker that asks. */
            workerId: string;

            /** The term in which it joined. */
            term: (number|Long);

            /** The first step of the span that it helps with. */
            step: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /**
             * Which of the attacker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one, the
             * attacker has done with whatever it was given before.
             */
            ask: (number|Long);

            /**
             * Encodes the specified AssistanceRequest message. Does not implicitly {@link sparring.v1.AssistanceRequest.verify|verify} messages.
             * @param message AssistanceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistanceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistanceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistanceRequest & sparring.v1.AssistanceRequest.$Shape} AssistanceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistanceRequest & sparring.v1.AssistanceRequest.$Shape;
        }

        namespace AssistanceRequest {

            /** Properties of an AssistanceRequest. */
            interface $Properties {

                /** The attacker that asks. */
                workerId?: (string|null);

                /** The term in which it joined. */
                term?: (number|Long|null);

                /** The first step of the span that it helps with. */
                step?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /**
                 * Which of the attacker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one, the
                 * attacker has done with whatever it was given before.
                 */
                ask?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistanceRequest. */
            type $Shape = sparring.v1.AssistanceRequest.$Properties;
        }

        /**
         * Properties of an AssistanceReply.
         * @deprecated Use sparring.v1.AssistanceReply.$Properties instead.
         */
        interface IAssistanceReply extends sparring.v1.AssistanceReply.$Properties {
        }

        /** Represents an AssistanceReply. */
        class AssistanceReply {

            /**
             * Constructs a new AssistanceReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistanceReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What to attack next. */
            shard?: (sparring.v1.AssistanceShard.$Properties|null);

            /** The span is over. */
            over?: (sparring.v1.AssistanceOver.$Properties|null);

            /** AssistanceReply reply. */
            reply?: ("shard"|"over");

            /**
             * Encodes the specified AssistanceReply message. Does not implicitly {@link sparring.v1.AssistanceReply.verify|verify} messages.
             * @param message AssistanceReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistanceReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistanceReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistanceReply & sparring.v1.AssistanceReply.$Shape} AssistanceReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistanceReply & sparring.v1.AssistanceReply.$Shape;
        }

        namespace AssistanceReply {

            /** Properties of an AssistanceReply. */
            interface $Properties {

                /** What to attack next. */
                shard?: (sparring.v1.AssistanceShard.$Properties|null);

                /** The span is over. */
                over?: (sparring.v1.AssistanceOver.$Properties|null);

                /** AssistanceReply reply */
                reply?: ("shard"|"over");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an AssistanceReply. */
            type $Shape = {
              shard?: sparring.v1.AssistanceShard.$Shape|null;
              over?: sparring.v1.AssistanceOver.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; shard?: null; over?: null }|{ reply?: "shard"; shard: sparring.v1.AssistanceShard.$Shape; over?: null }|{ reply?: "over"; shard?: null; over: sparring.v1.AssistanceOver.$Shape })
            );
        }

        /**
         * Properties of an AssistanceShard.
         * @deprecated Use sparring.v1.AssistanceShard.$Properties instead.
         */
        interface IAssistanceShard extends sparring.v1.AssistanceShard.$Properties {
        }

        /** Represents an AssistanceShard. */
        class AssistanceShard {

            /**
             * Constructs a new AssistanceShard.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistanceShard.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The step whose batch is attacked, at its parameters. */
            step: (number|Long);

            /** Which slice of the batch, from 0. */
            shard: (number|Long);

            /**
             * Encodes the specified AssistanceShard message. Does not implicitly {@link sparring.v1.AssistanceShard.verify|verify} messages.
             * @param message AssistanceShard message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistanceShard.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistanceShard message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistanceShard & sparring.v1.AssistanceShard.$Shape} AssistanceShard
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistanceShard & sparring.v1.AssistanceShard.$Shape;
        }

        namespace AssistanceShard {

            /** Properties of an AssistanceShard. */
            interface $Properties {

                /** The step whose batch is attacked, at its parameters. */
                step?: (number|Long|null);

                /** Which slice of the batch, from 0. */
                shard?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistanceShard. */
            type $Shape = sparring.v1.AssistanceShard.$Properties;
        }

        /**
         * Properties of an AssistanceOver.
         * @deprecated Use sparring.v1.AssistanceOver.$Properties instead.
         */
        interface IAssistanceOver extends sparring.v1.AssistanceOver.$Properties {
        }

        /** Represents an AssistanceOver. */
        class AssistanceOver {

            /**
             * Constructs a new AssistanceOver.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistanceOver.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified AssistanceOver message. Does not implicitly {@link sparring.v1.AssistanceOver.verify|verify} messages.
             * @param message AssistanceOver message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistanceOver.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistanceOver message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistanceOver & sparring.v1.AssistanceOver.$Shape} AssistanceOver
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistanceOver & sparring.v1.AssistanceOver.$Shape;
        }

        namespace AssistanceOver {

            /** Properties of an AssistanceOver. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistanceOver. */
            type $Shape = sparring.v1.AssistanceOver.$Properties;
        }

        /**
         * Properties of an AssistanceResult.
         * @deprecated Use sparring.v1.AssistanceResult.$Properties instead.
         */
        interface IAssistanceResult extends sparring.v1.AssistanceResult.$Properties {
        }

        /** Adversarial examples that a trainer has asked for. Subject: sparring.<run>.assistance.return */
        class AssistanceResult {

            /**
             * Constructs a new AssistanceResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AssistanceResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The attacker that made them. */
            workerId: string;

            /** The term in which it joined. */
            term: (number|Long);

            /** The step whose batch was attacked. */
            step: (number|Long);

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /** Which slice of the batch, from 0. */
            shard: (number|Long);

            /** [shard size, inputs]. */
            adversarial?: (sparring.v1.Tensor.$Properties|null);

            /**
             * Encodes the specified AssistanceResult message. Does not implicitly {@link sparring.v1.AssistanceResult.verify|verify} messages.
             * @param message AssistanceResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AssistanceResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AssistanceResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AssistanceResult & sparring.v1.AssistanceResult.$Shape} AssistanceResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AssistanceResult & sparring.v1.AssistanceResult.$Shape;
        }

        namespace AssistanceResult {

            /** Properties of an AssistanceResult. */
            interface $Properties {

                /** The attacker that made them. */
                workerId?: (string|null);

                /** The term in which it joined. */
                term?: (number|Long|null);

                /** The step whose batch was attacked. */
                step?: (number|Long|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Which slice of the batch, from 0. */
                shard?: (number|Long|null);

                /** [shard size, inputs]. */
                adversarial?: (sparring.v1.Tensor.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AssistanceResult. */
            type $Shape = sparring.v1.AssistanceResult.$Properties;
        }

        /**
         * Properties of a Frame.
         * @deprecated Use sparring.v1.Frame.$Properties instead.
         */
        interface IFrame extends sparring.v1.Frame.$Properties {
        }

        /**
         * What one NATS message holds: a piece of a message, cut to the server's max_payload. A message is a head, which is one of the other
         * messages of this package, and a body, the bytes of the tensors that the head describes. Frames may arrive twice and in any order.
         */
        class Frame {

            /**
             * Constructs a new Frame.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Frame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The same in all frames of one message, and in no others; 1 to 40 characters. */
            transfer: string;

            /** Which frame this is, from 0. */
            index: (number|Long);

            /**
             * Frames of the message, this one included. 0: this is no piece of it, but tells its sender that it has arrived, without a gap, up to
             * `offset`.
             */
            count: (number|Long);

            /** Bytes of the message's head. */
            headBytes: (number|Long);

            /** Bytes of the message's body. */
            bodyBytes: (number|Long);

            /** Where in the body `data` belongs, in bytes. */
            offset: (number|Long);

            /** The whole head; in frame 0 alone. */
            head: Uint8Array;

            /** CRC-32 of the head; in frame 0 alone. */
            headCrc32: number;

            /** A reply that is a fault: why there is no answer, at most 4,000 characters. Head and body are empty then. Else empty. */
            fault: string;

            /** A piece of the body. */
            data: Uint8Array;

            /**
             * Encodes the specified Frame message. Does not implicitly {@link sparring.v1.Frame.verify|verify} messages.
             * @param message Frame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Frame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Frame & sparring.v1.Frame.$Shape} Frame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Frame & sparring.v1.Frame.$Shape;
        }

        namespace Frame {

            /** Properties of a Frame. */
            interface $Properties {

                /** The same in all frames of one message, and in no others; 1 to 40 characters. */
                transfer?: (string|null);

                /** Which frame this is, from 0. */
                index?: (number|Long|null);

                /**
                 * Frames of the message, this one included. 0: this is no piece of it, but tells its sender that it has arrived, without a gap, up to
                 * `offset`.
                 */
                count?: (number|Long|null);

                /** Bytes of the message's head. */
                headBytes?: (number|Long|null);

                /** Bytes of the message's body. */
                bodyBytes?: (number|Long|null);

                /** Where in the body `data` belongs, in bytes. */
                offset?: (number|Long|null);

                /** The whole head; in frame 0 alone. */
                head?: (Uint8Array|null);

                /** CRC-32 of the head; in frame 0 alone. */
                headCrc32?: (number|null);

                /** A reply that is a fault: why there is no answer, at most 4,000 characters. Head and body are empty then. Else empty. */
                fault?: (string|null);

                /** A piece of the body. */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Frame. */
            type $Shape = sparring.v1.Frame.$Properties;
        }

        /**
         * Properties of a PassResult.
         * @deprecated Use sparring.v1.PassResult.$Properties instead.
         */
        interface IPassResult extends sparring.v1.PassResult.$Properties {
        }

        /** The output of a pass. Subject: sparring.<run>.gradients.return */
        class PassResult {

            /**
             * Constructs a new PassResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.PassResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose result. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** d loss / d parameters, by the parameters' names. */
            gradients: sparring.v1.Tensor.$Properties[];

            /**
             * The shard's part of the step's loss: sums over its examples, in nats, divided by the size of the global batch. That of its clean
             * examples, times α; absent for an adversarial pass.
             */
            cleanLoss?: (number|null);

            /** That of its adversarial examples, times 1 − α; absent for a clean pass. */
            adversarialLoss?: (number|null);

            /**
             * Encodes the specified PassResult message. Does not implicitly {@link sparring.v1.PassResult.verify|verify} messages.
             * @param message PassResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.PassResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PassResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.PassResult & sparring.v1.PassResult.$Shape} PassResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.PassResult & sparring.v1.PassResult.$Shape;
        }

        namespace PassResult {

            /** Properties of a PassResult. */
            interface $Properties {

                /** Whose result. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** d loss / d parameters, by the parameters' names. */
                gradients?: (sparring.v1.Tensor.$Properties[]|null);

                /**
                 * The shard's part of the step's loss: sums over its examples, in nats, divided by the size of the global batch. That of its clean
                 * examples, times α; absent for an adversarial pass.
                 */
                cleanLoss?: (number|null);

                /** That of its adversarial examples, times 1 − α; absent for a clean pass. */
                adversarialLoss?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PassResult. */
            type $Shape = sparring.v1.PassResult.$Properties;
        }

        /**
         * Properties of a ParametersUpdate.
         * @deprecated Use sparring.v1.ParametersUpdate.$Properties instead.
         */
        interface IParametersUpdate extends sparring.v1.ParametersUpdate.$Properties {
        }

        /** Parameters, told to all workers as soon as they are computed. Subject: sparring.<run>.parameters.publish */
        class ParametersUpdate {

            /**
             * Constructs a new ParametersUpdate.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ParametersUpdate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The coordinator's term. */
            term: (number|Long);

            /** Steps that they have behind them. */
            step: (number|Long);

            /** By their names, without prefix. */
            parameters: sparring.v1.Tensor.$Properties[];

            /** How often the run was rolled back before. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified ParametersUpdate message. Does not implicitly {@link sparring.v1.ParametersUpdate.verify|verify} messages.
             * @param message ParametersUpdate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ParametersUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ParametersUpdate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ParametersUpdate & sparring.v1.ParametersUpdate.$Shape} ParametersUpdate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ParametersUpdate & sparring.v1.ParametersUpdate.$Shape;
        }

        namespace ParametersUpdate {

            /** Properties of a ParametersUpdate. */
            interface $Properties {

                /** The coordinator's term. */
                term?: (number|Long|null);

                /** Steps that they have behind them. */
                step?: (number|Long|null);

                /** By their names, without prefix. */
                parameters?: (sparring.v1.Tensor.$Properties[]|null);

                /** How often the run was rolled back before. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ParametersUpdate. */
            type $Shape = sparring.v1.ParametersUpdate.$Properties;
        }

        /**
         * Properties of a TensorsRequest.
         * @deprecated Use sparring.v1.TensorsRequest.$Properties instead.
         */
        interface ITensorsRequest extends sparring.v1.TensorsRequest.$Properties {
        }

        /** A worker asks for a part of the tensors that it lacks. Subject: sparring.<run>.parameters.fetch */
        class TensorsRequest {

            /**
             * Constructs a new TensorsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The term that the worker knows. */
            term: (number|Long);

            /** Steps that the tensors have behind them. */
            step: (number|Long);

            /** Which tensors. */
            what: sparring.v1.TensorsRequest.What;

            /** Of the tensors' elements, laid one after the other: from here … */
            offset: (number|Long);

            /** … so many, or fewer at the end. */
            length: (number|Long);

            /** How often the run was rolled back before that step was taken. */
            rollbacks: (number|Long);

            /**
             * Encodes the specified TensorsRequest message. Does not implicitly {@link sparring.v1.TensorsRequest.verify|verify} messages.
             * @param message TensorsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorsRequest & sparring.v1.TensorsRequest.$Shape} TensorsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorsRequest & sparring.v1.TensorsRequest.$Shape;
        }

        namespace TensorsRequest {

            /** Properties of a TensorsRequest. */
            interface $Properties {

                /** The term that the worker knows. */
                term?: (number|Long|null);

                /** Steps that the tensors have behind them. */
                step?: (number|Long|null);

                /** Which tensors. */
                what?: (sparring.v1.TensorsRequest.What|null);

                /** Of the tensors' elements, laid one after the other: from here … */
                offset?: (number|Long|null);

                /** … so many, or fewer at the end. */
                length?: (number|Long|null);

                /** How often the run was rolled back before that step was taken. */
                rollbacks?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorsRequest. */
            type $Shape = sparring.v1.TensorsRequest.$Properties;

            /** What enum. */
            enum What {

                /** WHAT_UNSPECIFIED value */
                WHAT_UNSPECIFIED = 0,

                /** By their names. */
                WHAT_PARAMETERS = 1,

                /** `parameters/…`, `velocity/…`, `history/<age>/…`. */
                WHAT_STATE = 2
            }
        }

        /**
         * Properties of a TensorsReply.
         * @deprecated Use sparring.v1.TensorsReply.$Properties instead.
         */
        interface ITensorsReply extends sparring.v1.TensorsReply.$Properties {
        }

        /** Represents a TensorsReply. */
        class TensorsReply {

            /**
             * Constructs a new TensorsReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorsReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What was asked for. */
            part?: (sparring.v1.TensorsPart.$Properties|null);

            /** The coordinator does not hold that step, or is in another term. */
            gone?: (sparring.v1.TensorsGone.$Properties|null);

            /** TensorsReply reply. */
            reply?: ("part"|"gone");

            /**
             * Encodes the specified TensorsReply message. Does not implicitly {@link sparring.v1.TensorsReply.verify|verify} messages.
             * @param message TensorsReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorsReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorsReply & sparring.v1.TensorsReply.$Shape} TensorsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorsReply & sparring.v1.TensorsReply.$Shape;
        }

        namespace TensorsReply {

            /** Properties of a TensorsReply. */
            interface $Properties {

                /** What was asked for. */
                part?: (sparring.v1.TensorsPart.$Properties|null);

                /** The coordinator does not hold that step, or is in another term. */
                gone?: (sparring.v1.TensorsGone.$Properties|null);

                /** TensorsReply reply */
                reply?: ("part"|"gone");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a TensorsReply. */
            type $Shape = {
              part?: sparring.v1.TensorsPart.$Shape|null;
              gone?: sparring.v1.TensorsGone.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; part?: null; gone?: null }|{ reply?: "part"; part: sparring.v1.TensorsPart.$Shape; gone?: null }|{ reply?: "gone"; part?: null; gone: sparring.v1.TensorsGone.$Shape })
            );
        }

        /**
         * Properties of a TensorsPart.
         * @deprecated Use sparring.v1.TensorsPart.$Properties instead.
         */
        interface ITensorsPart extends sparring.v1.TensorsPart.$Properties {
        }

        /** Represents a TensorsPart. */
        class TensorsPart {

            /**
             * Constructs a new TensorsPart.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorsPart.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** All tensors, in the order in which they are laid one after the other. */
            layout: sparring.v1.TensorLayout.$Properties[];

            /** What of them lies in the part, in the same order. */
            slices: sparring.v1.TensorSlice.$Properties[];

            /**
             * Encodes the specified TensorsPart message. Does not implicitly {@link sparring.v1.TensorsPart.verify|verify} messages.
             * @param message TensorsPart message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorsPart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorsPart message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorsPart & sparring.v1.TensorsPart.$Shape} TensorsPart
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorsPart & sparring.v1.TensorsPart.$Shape;
        }

        namespace TensorsPart {

            /** Properties of a TensorsPart. */
            interface $Properties {

                /** All tensors, in the order in which they are laid one after the other. */
                layout?: (sparring.v1.TensorLayout.$Properties[]|null);

                /** What of them lies in the part, in the same order. */
                slices?: (sparring.v1.TensorSlice.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorsPart. */
            type $Shape = sparring.v1.TensorsPart.$Properties;
        }

        /**
         * Properties of a TensorLayout.
         * @deprecated Use sparring.v1.TensorLayout.$Properties instead.
         */
        interface ITensorLayout extends sparring.v1.TensorLayout.$Properties {
        }

        /** Represents a TensorLayout. */
        class TensorLayout {

            /**
             * Constructs a new TensorLayout.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorLayout.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The tensor's name. */
            name: string;

            /** Numbers that the whole tensor has. */
            elements: (number|Long);

            /**
             * Encodes the specified TensorLayout message. Does not implicitly {@link sparring.v1.TensorLayout.verify|verify} messages.
             * @param message TensorLayout message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorLayout.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorLayout message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorLayout & sparring.v1.TensorLayout.$Shape} TensorLayout
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorLayout & sparring.v1.TensorLayout.$Shape;
        }

        namespace TensorLayout {

            /** Properties of a TensorLayout. */
            interface $Properties {

                /** The tensor's name. */
                name?: (string|null);

                /** Numbers that the whole tensor has. */
                elements?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorLayout. */
            type $Shape = sparring.v1.TensorLayout.$Properties;
        }

        /**
         * Properties of a TensorSlice.
         * @deprecated Use sparring.v1.TensorSlice.$Properties instead.
         */
        interface ITensorSlice extends sparring.v1.TensorSlice.$Properties {
        }

        /** A run of a tensor's elements. */
        class TensorSlice {

            /**
             * Constructs a new TensorSlice.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorSlice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Which of the tensor's elements comes first, from 0. */
            from: (number|Long);

            /** Named as in the layout; its elements are those of the slice. */
            values?: (sparring.v1.Tensor.$Properties|null);

            /**
             * Encodes the specified TensorSlice message. Does not implicitly {@link sparring.v1.TensorSlice.verify|verify} messages.
             * @param message TensorSlice message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorSlice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorSlice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorSlice & sparring.v1.TensorSlice.$Shape} TensorSlice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorSlice & sparring.v1.TensorSlice.$Shape;
        }

        namespace TensorSlice {

            /** Properties of a TensorSlice. */
            interface $Properties {

                /** Which of the tensor's elements comes first, from 0. */
                from?: (number|Long|null);

                /** Named as in the layout; its elements are those of the slice. */
                values?: (sparring.v1.Tensor.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorSlice. */
            type $Shape = sparring.v1.TensorSlice.$Properties;
        }

        /**
         * Properties of a TensorsGone.
         * @deprecated Use sparring.v1.TensorsGone.$Properties instead.
         */
        interface ITensorsGone extends sparring.v1.TensorsGone.$Properties {
        }

        /** Represents a TensorsGone. */
        class TensorsGone {

            /**
             * Constructs a new TensorsGone.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.TensorsGone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified TensorsGone message. Does not implicitly {@link sparring.v1.TensorsGone.verify|verify} messages.
             * @param message TensorsGone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.TensorsGone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorsGone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.TensorsGone & sparring.v1.TensorsGone.$Shape} TensorsGone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.TensorsGone & sparring.v1.TensorsGone.$Shape;
        }

        namespace TensorsGone {

            /** Properties of a TensorsGone. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorsGone. */
            type $Shape = sparring.v1.TensorsGone.$Properties;
        }

        /**
         * Properties of an AdvanceResult.
         * @deprecated Use sparring.v1.AdvanceResult.$Properties instead.
         */
        interface IAdvanceResult extends sparring.v1.AdvanceResult.$Properties {
        }

        /** The output of consecutive steps. Subject: sparring.<run>.parameters.return */
        class AdvanceResult {

            /**
             * Constructs a new AdvanceResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.AdvanceResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Whose result. */
            origin?: (sparring.v1.ResultOrigin.$Properties|null);

            /** The state after the last step: `parameters/…`, `velocity/…`, `history/<age>/…`. */
            state: sparring.v1.Tensor.$Properties[];

            /** Each step's loss, in nats an example. */
            losses: number[];

            /**
             * Encodes the specified AdvanceResult message. Does not implicitly {@link sparring.v1.AdvanceResult.verify|verify} messages.
             * @param message AdvanceResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.AdvanceResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AdvanceResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.AdvanceResult & sparring.v1.AdvanceResult.$Shape} AdvanceResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.AdvanceResult & sparring.v1.AdvanceResult.$Shape;
        }

        namespace AdvanceResult {

            /** Properties of an AdvanceResult. */
            interface $Properties {

                /** Whose result. */
                origin?: (sparring.v1.ResultOrigin.$Properties|null);

                /** The state after the last step: `parameters/…`, `velocity/…`, `history/<age>/…`. */
                state?: (sparring.v1.Tensor.$Properties[]|null);

                /** Each step's loss, in nats an example. */
                losses?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AdvanceResult. */
            type $Shape = sparring.v1.AdvanceResult.$Properties;
        }

        /** RunStatus enum. */
        enum RunStatus {

            /** RUN_STATUS_UNSPECIFIED value */
            RUN_STATUS_UNSPECIFIED = 0,

            /** RUN_STATUS_QUEUED value */
            RUN_STATUS_QUEUED = 1,

            /** RUN_STATUS_RUNNING value */
            RUN_STATUS_RUNNING = 2,

            /** RUN_STATUS_FINISHED value */
            RUN_STATUS_FINISHED = 3,

            /** RUN_STATUS_FAILED value */
            RUN_STATUS_FAILED = 4,

            /** RUN_STATUS_CANCELLED value */
            RUN_STATUS_CANCELLED = 5
        }

        /**
         * Properties of a SubmitRequest.
         * @deprecated Use sparring.v1.SubmitRequest.$Properties instead.
         */
        interface ISubmitRequest extends sparring.v1.SubmitRequest.$Properties {
        }

        /** A client has something to train. Subject: sparring.cluster.runs.submit */
        class SubmitRequest {

            /**
             * Constructs a new SubmitRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SubmitRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sender's version of the wire. Field 1 in every version, so that different ones can be told apart. */
            protocolVersion: (number|Long);

            /** The text of a run's `config.yaml`, every option written out. */
            config: string;

            /** Chosen by the client: submitted again under the same name, it is the same run. */
            submission: string;

            /**
             * Encodes the specified SubmitRequest message. Does not implicitly {@link sparring.v1.SubmitRequest.verify|verify} messages.
             * @param message SubmitRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SubmitRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SubmitRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SubmitRequest & sparring.v1.SubmitRequest.$Shape} SubmitRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SubmitRequest & sparring.v1.SubmitRequest.$Shape;
        }

        namespace SubmitRequest {

            /** Properties of a SubmitRequest. */
            interface $Properties {

                /** The sender's version of the wire. Field 1 in every version, so that different ones can be told apart. */
                protocolVersion?: (number|Long|null);

                /** The text of a run's `config.yaml`, every option written out. */
                config?: (string|null);

                /** Chosen by the client: submitted again under the same name, it is the same run. */
                submission?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SubmitRequest. */
            type $Shape = sparring.v1.SubmitRequest.$Properties;
        }

        /**
         * Properties of a SubmitReply.
         * @deprecated Use sparring.v1.SubmitReply.$Properties instead.
         */
        interface ISubmitReply extends sparring.v1.SubmitReply.$Properties {
        }

        /** Represents a SubmitReply. */
        class SubmitReply {

            /**
             * Constructs a new SubmitReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SubmitReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run waits for its turn, or has begun. */
            accepted?: (sparring.v1.Accepted.$Properties|null);

            /** Why the run is not taken. */
            refused?: (string|null);

            /** SubmitReply reply. */
            reply?: ("accepted"|"refused");

            /**
             * Encodes the specified SubmitReply message. Does not implicitly {@link sparring.v1.SubmitReply.verify|verify} messages.
             * @param message SubmitReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SubmitReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SubmitReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SubmitReply & sparring.v1.SubmitReply.$Shape} SubmitReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SubmitReply & sparring.v1.SubmitReply.$Shape;
        }

        namespace SubmitReply {

            /** Properties of a SubmitReply. */
            interface $Properties {

                /** The run waits for its turn, or has begun. */
                accepted?: (sparring.v1.Accepted.$Properties|null);

                /** Why the run is not taken. */
                refused?: (string|null);

                /** SubmitReply reply */
                reply?: ("accepted"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SubmitReply. */
            type $Shape = {
              accepted?: sparring.v1.Accepted.$Shape|null;
              refused?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; accepted?: null; refused?: null }|{ reply?: "accepted"; accepted: sparring.v1.Accepted.$Shape; refused?: null }|{ reply?: "refused"; accepted?: null; refused: string })
            );
        }

        /**
         * Properties of an Accepted.
         * @deprecated Use sparring.v1.Accepted.$Properties instead.
         */
        interface IAccepted extends sparring.v1.Accepted.$Properties {
        }

        /** Represents an Accepted. */
        class Accepted {

            /**
             * Constructs a new Accepted.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.Accepted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The name that the run was given. */
            run: string;

            /** Runs that come first. */
            ahead: (number|Long);

            /**
             * Encodes the specified Accepted message. Does not implicitly {@link sparring.v1.Accepted.verify|verify} messages.
             * @param message Accepted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.Accepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Accepted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.Accepted & sparring.v1.Accepted.$Shape} Accepted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.Accepted & sparring.v1.Accepted.$Shape;
        }

        namespace Accepted {

            /** Properties of an Accepted. */
            interface $Properties {

                /** The name that the run was given. */
                run?: (string|null);

                /** Runs that come first. */
                ahead?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Accepted. */
            type $Shape = sparring.v1.Accepted.$Properties;
        }

        /**
         * Properties of a RunInfo.
         * @deprecated Use sparring.v1.RunInfo.$Properties instead.
         */
        interface IRunInfo extends sparring.v1.RunInfo.$Properties {
        }

        /** A run as the cluster knows it. */
        class RunInfo {

            /**
             * Constructs a new RunInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.RunInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The name that it was given when it was submitted. */
            run: string;

            /** The recipe's name. */
            name: string;

            /** Seed of everything random in it. */
            seed: (number|Long);

            /** How far it has come. */
            status: sparring.v1.RunStatus;

            /** Milliseconds since 1970. */
            submittedAt: (number|Long);

            /** Milliseconds since 1970; 0 for not yet. */
            startedAt: (number|Long);

            /** Milliseconds since 1970; 0 for not yet. */
            endedAt: (number|Long);

            /** Steps done as far as is known. */
            step: (number|Long);

            /** Steps in all. */
            lastStep: (number|Long);

            /** Why it failed, at most 4,000 characters; else empty. */
            error: string;

            /**
             * Encodes the specified RunInfo message. Does not implicitly {@link sparring.v1.RunInfo.verify|verify} messages.
             * @param message RunInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.RunInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.RunInfo & sparring.v1.RunInfo.$Shape} RunInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.RunInfo & sparring.v1.RunInfo.$Shape;
        }

        namespace RunInfo {

            /** Properties of a RunInfo. */
            interface $Properties {

                /** The name that it was given when it was submitted. */
                run?: (string|null);

                /** The recipe's name. */
                name?: (string|null);

                /** Seed of everything random in it. */
                seed?: (number|Long|null);

                /** How far it has come. */
                status?: (sparring.v1.RunStatus|null);

                /** Milliseconds since 1970. */
                submittedAt?: (number|Long|null);

                /** Milliseconds since 1970; 0 for not yet. */
                startedAt?: (number|Long|null);

                /** Milliseconds since 1970; 0 for not yet. */
                endedAt?: (number|Long|null);

                /** Steps done as far as is known. */
                step?: (number|Long|null);

                /** Steps in all. */
                lastStep?: (number|Long|null);

                /** Why it failed, at most 4,000 characters; else empty. */
                error?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunInfo. */
            type $Shape = sparring.v1.RunInfo.$Properties;
        }

        /**
         * Properties of a ListRequest.
         * @deprecated Use sparring.v1.ListRequest.$Properties instead.
         */
        interface IListRequest extends sparring.v1.ListRequest.$Properties {
        }

        /**
         * Which runs are there? Subject: sparring.cluster.runs.list
         * Which sweeps are there? Answered with JSON, as a ReadReply. Subject: sparring.cluster.sweeps.list
         */
        class ListRequest {

            /**
             * Constructs a new ListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sender's version of the wire; field 1 in every version. */
            protocolVersion: (number|Long);

            /**
             * Encodes the specified ListRequest message. Does not implicitly {@link sparring.v1.ListRequest.verify|verify} messages.
             * @param message ListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ListRequest & sparring.v1.ListRequest.$Shape} ListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ListRequest & sparring.v1.ListRequest.$Shape;
        }

        namespace ListRequest {

            /** Properties of a ListRequest. */
            interface $Properties {

                /** The sender's version of the wire; field 1 in every version. */
                protocolVersion?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListRequest. */
            type $Shape = sparring.v1.ListRequest.$Properties;
        }

        /**
         * Properties of a RunList.
         * @deprecated Use sparring.v1.RunList.$Properties instead.
         */
        interface IRunList extends sparring.v1.RunList.$Properties {
        }

        /** Represents a RunList. */
        class RunList {

            /**
             * Constructs a new RunList.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.RunList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order in which they were submitted. */
            runs: sparring.v1.RunInfo.$Properties[];

            /**
             * Encodes the specified RunList message. Does not implicitly {@link sparring.v1.RunList.verify|verify} messages.
             * @param message RunList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.RunList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.RunList & sparring.v1.RunList.$Shape} RunList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.RunList & sparring.v1.RunList.$Shape;
        }

        namespace RunList {

            /** Properties of a RunList. */
            interface $Properties {

                /** In the order in which they were submitted. */
                runs?: (sparring.v1.RunInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunList. */
            type $Shape = sparring.v1.RunList.$Properties;
        }

        /**
         * Properties of a ShowRequest.
         * @deprecated Use sparring.v1.ShowRequest.$Properties instead.
         */
        interface IShowRequest extends sparring.v1.ShowRequest.$Properties {
        }

        /** How does a run go? Subject: sparring.cluster.runs.show */
        class ShowRequest {

            /**
             * Constructs a new ShowRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ShowRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run's name. */
            run: string;

            /**
             * Encodes the specified ShowRequest message. Does not implicitly {@link sparring.v1.ShowRequest.verify|verify} messages.
             * @param message ShowRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ShowRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShowRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ShowRequest & sparring.v1.ShowRequest.$Shape} ShowRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ShowRequest & sparring.v1.ShowRequest.$Shape;
        }

        namespace ShowRequest {

            /** Properties of a ShowRequest. */
            interface $Properties {

                /** The run's name. */
                run?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShowRequest. */
            type $Shape = sparring.v1.ShowRequest.$Properties;
        }

        /**
         * Properties of a ShowReply.
         * @deprecated Use sparring.v1.ShowReply.$Properties instead.
         */
        interface IShowReply extends sparring.v1.ShowReply.$Properties {
        }

        /** Represents a ShowReply. */
        class ShowReply {

            /**
             * Constructs a new ShowReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ShowReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run. */
            shown?: (sparring.v1.ShownRun.$Properties|null);

            /** There is no such run. */
            unknown?: (sparring.v1.UnknownRun.$Properties|null);

            /** ShowReply reply. */
            reply?: ("shown"|"unknown");

            /**
             * Encodes the specified ShowReply message. Does not implicitly {@link sparring.v1.ShowReply.verify|verify} messages.
             * @param message ShowReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ShowReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShowReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ShowReply & sparring.v1.ShowReply.$Shape} ShowReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ShowReply & sparring.v1.ShowReply.$Shape;
        }

        namespace ShowReply {

            /** Properties of a ShowReply. */
            interface $Properties {

                /** The run. */
                shown?: (sparring.v1.ShownRun.$Properties|null);

                /** There is no such run. */
                unknown?: (sparring.v1.UnknownRun.$Properties|null);

                /** ShowReply reply */
                reply?: ("shown"|"unknown");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ShowReply. */
            type $Shape = {
              shown?: sparring.v1.ShownRun.$Shape|null;
              unknown?: sparring.v1.UnknownRun.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; shown?: null; unknown?: null }|{ reply?: "shown"; shown: sparring.v1.ShownRun.$Shape; unknown?: null }|{ reply?: "unknown"; shown?: null; unknown: sparring.v1.UnknownRun.$Shape })
            );
        }

        /**
         * Properties of a ShownRun.
         * @deprecated Use sparring.v1.ShownRun.$Properties instead.
         */
        interface IShownRun extends sparring.v1.ShownRun.$Properties {
        }

        /** Represents a ShownRun. */
        class ShownRun {

            /**
             * Constructs a new ShownRun.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ShownRun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What the list says of it. */
            info?: (sparring.v1.RunInfo.$Properties|null);

            /** The text of the run's `config.yaml`, with the engine resolved once it runs. */
            config: string;

            /** What was measured so far, of the twin and then of the net: probes, then epochs. */
            epochs: sparring.v1.RunEvent.$Properties[];

            /**
             * Encodes the specified ShownRun message. Does not implicitly {@link sparring.v1.ShownRun.verify|verify} messages.
             * @param message ShownRun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ShownRun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ShownRun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ShownRun & sparring.v1.ShownRun.$Shape} ShownRun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ShownRun & sparring.v1.ShownRun.$Shape;
        }

        namespace ShownRun {

            /** Properties of a ShownRun. */
            interface $Properties {

                /** What the list says of it. */
                info?: (sparring.v1.RunInfo.$Properties|null);

                /** The text of the run's `config.yaml`, with the engine resolved once it runs. */
                config?: (string|null);

                /** What was measured so far, of the twin and then of the net: probes, then epochs. */
                epochs?: (sparring.v1.RunEvent.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ShownRun. */
            type $Shape = sparring.v1.ShownRun.$Properties;
        }

        /**
         * Properties of an UnknownRun.
         * @deprecated Use sparring.v1.UnknownRun.$Properties instead.
         */
        interface IUnknownRun extends sparring.v1.UnknownRun.$Properties {
        }

        /** Represents an UnknownRun. */
        class UnknownRun {

            /**
             * Constructs a new UnknownRun.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.UnknownRun.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified UnknownRun message. Does not implicitly {@link sparring.v1.UnknownRun.verify|verify} messages.
             * @param message UnknownRun message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.UnknownRun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnknownRun message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.UnknownRun & sparring.v1.UnknownRun.$Shape} UnknownRun
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.UnknownRun & sparring.v1.UnknownRun.$Shape;
        }

        namespace UnknownRun {

            /** Properties of an UnknownRun. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnknownRun. */
            type $Shape = sparring.v1.UnknownRun.$Properties;
        }

        /**
         * Properties of a CancelRequest.
         * @deprecated Use sparring.v1.CancelRequest.$Properties instead.
         */
        interface ICancelRequest extends sparring.v1.CancelRequest.$Properties {
        }

        /** A run is not wanted any more. Subject: sparring.cluster.runs.cancel */
        class CancelRequest {

            /**
             * Constructs a new CancelRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.CancelRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run's name. */
            run: string;

            /**
             * Encodes the specified CancelRequest message. Does not implicitly {@link sparring.v1.CancelRequest.verify|verify} messages.
             * @param message CancelRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.CancelRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CancelRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.CancelRequest & sparring.v1.CancelRequest.$Shape} CancelRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.CancelRequest & sparring.v1.CancelRequest.$Shape;
        }

        namespace CancelRequest {

            /** Properties of a CancelRequest. */
            interface $Properties {

                /** The run's name. */
                run?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CancelRequest. */
            type $Shape = sparring.v1.CancelRequest.$Properties;
        }

        /**
         * Properties of a CancelReply.
         * @deprecated Use sparring.v1.CancelReply.$Properties instead.
         */
        interface ICancelReply extends sparring.v1.CancelReply.$Properties {
        }

        /** Represents a CancelReply. */
        class CancelReply {

            /**
             * Constructs a new CancelReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.CancelReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** What the run is now. */
            status?: (sparring.v1.RunStatus|null);

            /** There is no such run. */
            unknown?: (sparring.v1.UnknownRun.$Properties|null);

            /** CancelReply reply. */
            reply?: ("status"|"unknown");

            /**
             * Encodes the specified CancelReply message. Does not implicitly {@link sparring.v1.CancelReply.verify|verify} messages.
             * @param message CancelReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.CancelReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CancelReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.CancelReply & sparring.v1.CancelReply.$Shape} CancelReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.CancelReply & sparring.v1.CancelReply.$Shape;
        }

        namespace CancelReply {

            /** Properties of a CancelReply. */
            interface $Properties {

                /** What the run is now. */
                status?: (sparring.v1.RunStatus|null);

                /** There is no such run. */
                unknown?: (sparring.v1.UnknownRun.$Properties|null);

                /** CancelReply reply */
                reply?: ("status"|"unknown");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a CancelReply. */
            type $Shape = {
              status?: sparring.v1.RunStatus|null;
              unknown?: sparring.v1.UnknownRun.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; status?: null; unknown?: null }|{ reply?: "status"; status: sparring.v1.RunStatus; unknown?: null }|{ reply?: "unknown"; status?: null; unknown: sparring.v1.UnknownRun.$Shape })
            );
        }

        /**
         * Properties of a RunEvent.
         * @deprecated Use sparring.v1.RunEvent.$Properties instead.
         */
        interface IRunEvent extends sparring.v1.RunEvent.$Properties {
        }

        /** What happens in a run, as it happens; nobody need listen. Subject: sparring.<run>.events.publish */
        class RunEvent {

            /**
             * Constructs a new RunEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.RunEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The coordinator's term. */
            term: (number|Long);

            /** `net` or `twin`. */
            phase: string;

            /** JSON of the coordinator's training event. */
            event: string;

            /**
             * Encodes the specified RunEvent message. Does not implicitly {@link sparring.v1.RunEvent.verify|verify} messages.
             * @param message RunEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.RunEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.RunEvent & sparring.v1.RunEvent.$Shape} RunEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.RunEvent & sparring.v1.RunEvent.$Shape;
        }

        namespace RunEvent {

            /** Properties of a RunEvent. */
            interface $Properties {

                /** The coordinator's term. */
                term?: (number|Long|null);

                /** `net` or `twin`. */
                phase?: (string|null);

                /** JSON of the coordinator's training event. */
                event?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunEvent. */
            type $Shape = sparring.v1.RunEvent.$Properties;
        }

        /**
         * Properties of a FilesRequest.
         * @deprecated Use sparring.v1.FilesRequest.$Properties instead.
         */
        interface IFilesRequest extends sparring.v1.FilesRequest.$Properties {
        }

        /**
         * Which files does a run's folder hold? Subject: sparring.cluster.runs.files
         * The files of a sweep's run, which is named by its identity. Answered with JSON, as a ReadReply. Subject: sparring.cluster.sweeps.files
         */
        class FilesRequest {

            /**
             * Constructs a new FilesRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.FilesRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run's name. */
            run: string;

            /**
             * Encodes the specified FilesRequest message. Does not implicitly {@link sparring.v1.FilesRequest.verify|verify} messages.
             * @param message FilesRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.FilesRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FilesRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.FilesRequest & sparring.v1.FilesRequest.$Shape} FilesRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.FilesRequest & sparring.v1.FilesRequest.$Shape;
        }

        namespace FilesRequest {

            /** Properties of a FilesRequest. */
            interface $Properties {

                /** The run's name. */
                run?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FilesRequest. */
            type $Shape = sparring.v1.FilesRequest.$Properties;
        }

        /**
         * Properties of a FilesReply.
         * @deprecated Use sparring.v1.FilesReply.$Properties instead.
         */
        interface IFilesReply extends sparring.v1.FilesReply.$Properties {
        }

        /** Represents a FilesReply. */
        class FilesReply {

            /**
             * Constructs a new FilesReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.FilesReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** All of them; none where there is no such run. */
            files: sparring.v1.RunFile.$Properties[];

            /**
             * Encodes the specified FilesReply message. Does not implicitly {@link sparring.v1.FilesReply.verify|verify} messages.
             * @param message FilesReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.FilesReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FilesReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.FilesReply & sparring.v1.FilesReply.$Shape} FilesReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.FilesReply & sparring.v1.FilesReply.$Shape;
        }

        namespace FilesReply {

            /** Properties of a FilesReply. */
            interface $Properties {

                /** All of them; none where there is no such run. */
                files?: (sparring.v1.RunFile.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FilesReply. */
            type $Shape = sparring.v1.FilesReply.$Properties;
        }

        /**
         * Properties of a RunFile.
         * @deprecated Use sparring.v1.RunFile.$Properties instead.
         */
        interface IRunFile extends sparring.v1.RunFile.$Properties {
        }

        /** Represents a RunFile. */
        class RunFile {

            /**
             * Constructs a new RunFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.RunFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Relative to the run's folder, with slashes, and never out of it. */
            path: string;

            /** Size in bytes. */
            bytes: (number|Long);

            /** SHA-256 of the content: 64 hexadecimal digits. */
            sha256: string;

            /**
             * Encodes the specified RunFile message. Does not implicitly {@link sparring.v1.RunFile.verify|verify} messages.
             * @param message RunFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.RunFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.RunFile & sparring.v1.RunFile.$Shape} RunFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.RunFile & sparring.v1.RunFile.$Shape;
        }

        namespace RunFile {

            /** Properties of a RunFile. */
            interface $Properties {

                /** Relative to the run's folder, with slashes, and never out of it. */
                path?: (string|null);

                /** Size in bytes. */
                bytes?: (number|Long|null);

                /** SHA-256 of the content: 64 hexadecimal digits. */
                sha256?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunFile. */
            type $Shape = sparring.v1.RunFile.$Properties;
        }

        /**
         * Properties of a ReadRequest.
         * @deprecated Use sparring.v1.ReadRequest.$Properties instead.
         */
        interface IReadRequest extends sparring.v1.ReadRequest.$Properties {
        }

        /** A piece of a file. Subject: sparring.cluster.runs.read */
        class ReadRequest {

            /**
             * Constructs a new ReadRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ReadRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The run's name. */
            run: string;

            /** As FilesReply names it. */
            path: string;

            /** From which byte, from 0. */
            offset: (number|Long);

            /** How many bytes, or fewer at the end. */
            length: (number|Long);

            /**
             * Encodes the specified ReadRequest message. Does not implicitly {@link sparring.v1.ReadRequest.verify|verify} messages.
             * @param message ReadRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ReadRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ReadRequest & sparring.v1.ReadRequest.$Shape} ReadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ReadRequest & sparring.v1.ReadRequest.$Shape;
        }

        namespace ReadRequest {

            /** Properties of a ReadRequest. */
            interface $Properties {

                /** The run's name. */
                run?: (string|null);

                /** As FilesReply names it. */
                path?: (string|null);

                /** From which byte, from 0. */
                offset?: (number|Long|null);

                /** How many bytes, or fewer at the end. */
                length?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadRequest. */
            type $Shape = sparring.v1.ReadRequest.$Properties;
        }

        /**
         * Properties of a ReadReply.
         * @deprecated Use sparring.v1.ReadReply.$Properties instead.
         */
        interface IReadReply extends sparring.v1.ReadReply.$Properties {
        }

        /** Represents a ReadReply. */
        class ReadReply {

            /**
             * Constructs a new ReadReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ReadReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Bytes in the body: 0 where there is no such file, or nothing at the offset. */
            bytes: (number|Long);

            /** CRC-32 of them. */
            crc32: number;

            /**
             * Encodes the specified ReadReply message. Does not implicitly {@link sparring.v1.ReadReply.verify|verify} messages.
             * @param message ReadReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ReadReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ReadReply & sparring.v1.ReadReply.$Shape} ReadReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ReadReply & sparring.v1.ReadReply.$Shape;
        }

        namespace ReadReply {

            /** Properties of a ReadReply. */
            interface $Properties {

                /** Bytes in the body: 0 where there is no such file, or nothing at the offset. */
                bytes?: (number|Long|null);

                /** CRC-32 of them. */
                crc32?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadReply. */
            type $Shape = sparring.v1.ReadReply.$Properties;
        }

        /**
         * Properties of a StatusRequest.
         * @deprecated Use sparring.v1.StatusRequest.$Properties instead.
         */
        interface IStatusRequest extends sparring.v1.StatusRequest.$Properties {
        }

        /** How is the cluster? Subject: sparring.cluster.coordinator.status */
        class StatusRequest {

            /**
             * Constructs a new StatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.StatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sender's version of the wire; field 1 in every version. */
            protocolVersion: (number|Long);

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link sparring.v1.StatusRequest.verify|verify} messages.
             * @param message StatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.StatusRequest & sparring.v1.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.StatusRequest & sparring.v1.StatusRequest.$Shape;
        }

        namespace StatusRequest {

            /** Properties of a StatusRequest. */
            interface $Properties {

                /** The sender's version of the wire; field 1 in every version. */
                protocolVersion?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusRequest. */
            type $Shape = sparring.v1.StatusRequest.$Properties;
        }

        /**
         * Properties of a ClusterStatus.
         * @deprecated Use sparring.v1.ClusterStatus.$Properties instead.
         */
        interface IClusterStatus extends sparring.v1.ClusterStatus.$Properties {
        }

        /** The cluster as its coordinator sees it. */
        class ClusterStatus {

            /**
             * Constructs a new ClusterStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.ClusterStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chosen by the coordinator when it starts. */
            coordinatorId: string;

            /** The term that it is in. */
            term: (number|Long);

            /** Name of the coordinator's machine. */
            host: string;

            /** The coordinator's process on it. */
            pid: (number|Long);

            /** The run that it trains; empty while there is none. */
            run: string;

            /** How steps are computed: `advance`, `fused`, `split` or `rounds`; empty while nothing runs. */
            mode: string;

            /** Trainers beyond what a step can use. */
            spareTrainers: (number|Long);

            /** Those that are alive. */
            workers: sparring.v1.WorkerInfo.$Properties[];

            /** Messages that the coordinator dropped, by reason. */
            refused: { [k: string]: (number|Long) };

            /** Tasks given to another worker. */
            releases: (number|Long);

            /** Results that came too late. */
            staleResults: (number|Long);

            /**
             * Encodes the specified ClusterStatus message. Does not implicitly {@link sparring.v1.ClusterStatus.verify|verify} messages.
             * @param message ClusterStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.ClusterStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClusterStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.ClusterStatus & sparring.v1.ClusterStatus.$Shape} ClusterStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.ClusterStatus & sparring.v1.ClusterStatus.$Shape;
        }

        namespace ClusterStatus {

            /** Properties of a ClusterStatus. */
            interface $Properties {

                /** Chosen by the coordinator when it starts. */
                coordinatorId?: (string|null);

                /** The term that it is in. */
                term?: (number|Long|null);

                /** Name of the coordinator's machine. */
                host?: (string|null);

                /** The coordinator's process on it. */
                pid?: (number|Long|null);

                /** The run that it trains; empty while there is none. */
                run?: (string|null);

                /** How steps are computed: `advance`, `fused`, `split` or `rounds`; empty while nothing runs. */
                mode?: (string|null);

                /** Trainers beyond what a step can use. */
                spareTrainers?: (number|Long|null);

                /** Those that are alive. */
                workers?: (sparring.v1.WorkerInfo.$Properties[]|null);

                /** Messages that the coordinator dropped, by reason. */
                refused?: ({ [k: string]: (number|Long) }|null);

                /** Tasks given to another worker. */
                releases?: (number|Long|null);

                /** Results that came too late. */
                staleResults?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClusterStatus. */
            type $Shape = sparring.v1.ClusterStatus.$Properties;
        }

        /**
         * Properties of a WorkerInfo.
         * @deprecated Use sparring.v1.WorkerInfo.$Properties instead.
         */
        interface IWorkerInfo extends sparring.v1.WorkerInfo.$Properties {
        }

        /** Represents a WorkerInfo. */
        class WorkerInfo {

            /**
             * Constructs a new WorkerInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.WorkerInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The id under which it joined. */
            workerId: string;

            /** `trainer` or `attacker`. */
            role: string;

            /** Name of the worker's machine. */
            host: string;

            /** The worker's process on it. */
            pid: (number|Long);

            /** The run that it serves; empty while it serves none. */
            run: string;

            /** Messages that it dropped, by reason. */
            refused: { [k: string]: (number|Long) };

            /**
             * Encodes the specified WorkerInfo message. Does not implicitly {@link sparring.v1.WorkerInfo.verify|verify} messages.
             * @param message WorkerInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.WorkerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkerInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.WorkerInfo & sparring.v1.WorkerInfo.$Shape} WorkerInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.WorkerInfo & sparring.v1.WorkerInfo.$Shape;
        }

        namespace WorkerInfo {

            /** Properties of a WorkerInfo. */
            interface $Properties {

                /** The id under which it joined. */
                workerId?: (string|null);

                /** `trainer` or `attacker`. */
                role?: (string|null);

                /** Name of the worker's machine. */
                host?: (string|null);

                /** The worker's process on it. */
                pid?: (number|Long|null);

                /** The run that it serves; empty while it serves none. */
                run?: (string|null);

                /** Messages that it dropped, by reason. */
                refused?: ({ [k: string]: (number|Long) }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkerInfo. */
            type $Shape = sparring.v1.WorkerInfo.$Properties;
        }

        /**
         * Properties of a SweepSubmission.
         * @deprecated Use sparring.v1.SweepSubmission.$Properties instead.
         */
        interface ISweepSubmission extends sparring.v1.SweepSubmission.$Properties {
        }

        /** A client has a sweep to compute. Subject: sparring.cluster.sweeps.submit */
        class SweepSubmission {

            /**
             * Constructs a new SweepSubmission.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SweepSubmission.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sender's version of the wire; field 1 in every version. */
            protocolVersion: (number|Long);

            /** Bytes in the body: the sweep's record as JSON, in UTF-8. */
            bytes: (number|Long);

            /** CRC-32 of them. */
            crc32: number;

            /**
             * Encodes the specified SweepSubmission message. Does not implicitly {@link sparring.v1.SweepSubmission.verify|verify} messages.
             * @param message SweepSubmission message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SweepSubmission.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SweepSubmission message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SweepSubmission & sparring.v1.SweepSubmission.$Shape} SweepSubmission
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SweepSubmission & sparring.v1.SweepSubmission.$Shape;
        }

        namespace SweepSubmission {

            /** Properties of a SweepSubmission. */
            interface $Properties {

                /** The sender's version of the wire; field 1 in every version. */
                protocolVersion?: (number|Long|null);

                /** Bytes in the body: the sweep's record as JSON, in UTF-8. */
                bytes?: (number|Long|null);

                /** CRC-32 of them. */
                crc32?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SweepSubmission. */
            type $Shape = sparring.v1.SweepSubmission.$Properties;
        }

        /**
         * Properties of a SweepReply.
         * @deprecated Use sparring.v1.SweepReply.$Properties instead.
         */
        interface ISweepReply extends sparring.v1.SweepReply.$Properties {
        }

        /** What became of a submission, or of a change. */
        class SweepReply {

            /**
             * Constructs a new SweepReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SweepReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** It is done; the sweep's id. */
            accepted?: (string|null);

            /** Why it is not. */
            refused?: (string|null);

            /** SweepReply reply. */
            reply?: ("accepted"|"refused");

            /**
             * Encodes the specified SweepReply message. Does not implicitly {@link sparring.v1.SweepReply.verify|verify} messages.
             * @param message SweepReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SweepReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SweepReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SweepReply & sparring.v1.SweepReply.$Shape} SweepReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SweepReply & sparring.v1.SweepReply.$Shape;
        }

        namespace SweepReply {

            /** Properties of a SweepReply. */
            interface $Properties {

                /** It is done; the sweep's id. */
                accepted?: (string|null);

                /** Why it is not. */
                refused?: (string|null);

                /** SweepReply reply */
                reply?: ("accepted"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SweepReply. */
            type $Shape = {
              accepted?: string|null;
              refused?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ reply?: undefined; accepted?: null; refused?: null }|{ reply?: "accepted"; accepted: string; refused?: null }|{ reply?: "refused"; accepted?: null; refused: string })
            );
        }

        /**
         * Properties of a SweepShowRequest.
         * @deprecated Use sparring.v1.SweepShowRequest.$Properties instead.
         */
        interface ISweepShowRequest extends sparring.v1.SweepShowRequest.$Properties {
        }

        /** How does a sweep go? Answered with JSON, as a ReadReply; without any where there is no such sweep. Subject: sparring.cluster.sweeps.show */
        class SweepShowRequest {

            /**
             * Constructs a new SweepShowRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SweepShowRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sweep's id, or the beginning of it. */
            sweep: string;

            /** Only what has changed since this revision; 0: all of it, the record too. */
            after: (number|Long);

            /**
             * Encodes the specified SweepShowRequest message. Does not implicitly {@link sparring.v1.SweepShowRequest.verify|verify} messages.
             * @param message SweepShowRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SweepShowRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SweepShowRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SweepShowRequest & sparring.v1.SweepShowRequest.$Shape} SweepShowRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SweepShowRequest & sparring.v1.SweepShowRequest.$Shape;
        }

        namespace SweepShowRequest {

            /** Properties of a SweepShowRequest. */
            interface $Properties {

                /** The sweep's id, or the beginning of it. */
                sweep?: (string|null);

                /** Only what has changed since this revision; 0: all of it, the record too. */
                after?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SweepShowRequest. */
            type $Shape = sparring.v1.SweepShowRequest.$Properties;
        }

        /** SweepVerb enum. */
        enum SweepVerb {

            /** SWEEP_VERB_UNSPECIFIED value */
            SWEEP_VERB_UNSPECIFIED = 0,

            /** Stop for the time being. */
            SWEEP_VERB_PAUSE = 1,

            /** Stop for good. */
            SWEEP_VERB_CANCEL = 2,

            /** Go on. */
            SWEEP_VERB_RESUME = 3,

            /** Give failed runs new attempts, and go on. */
            SWEEP_VERB_RETRY = 4,

            /** Forget it, and what no other sweep has of its runs. */
            SWEEP_VERB_REMOVE = 5
        }

        /**
         * Properties of a SweepChange.
         * @deprecated Use sparring.v1.SweepChange.$Properties instead.
         */
        interface ISweepChange extends sparring.v1.SweepChange.$Properties {
        }

        /** Something is wanted of a sweep. Subject: sparring.cluster.sweeps.change */
        class SweepChange {

            /**
             * Constructs a new SweepChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: sparring.v1.SweepChange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The sweep's id. */
            sweep: string;

            /** What is wanted. */
            verb: sparring.v1.SweepVerb;

            /**
             * Encodes the specified SweepChange message. Does not implicitly {@link sparring.v1.SweepChange.verify|verify} messages.
             * @param message SweepChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sparring.v1.SweepChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SweepChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sparring.v1.SweepChange & sparring.v1.SweepChange.$Shape} SweepChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sparring.v1.SweepChange & sparring.v1.SweepChange.$Shape;
        }

        namespace SweepChange {

            /** Properties of a SweepChange. */
            interface $Properties {

                /** The sweep's id. */
                sweep?: (string|null);

                /** What is wanted. */
                verb?: (sparring.v1.SweepVerb|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SweepChange. */
            type $Shape = sparring.v1.SweepChange.$Properties;
        }
    }
}
