import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { ParametersUpdate, TensorLayout, TensorSlice, TensorsReply, TensorsRequest } from '../parameters.js';
import type { BodyReader } from './body.js';
import { integer, invalid, key, lineage, present, words } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const parametersUpdate: Codec<ParametersUpdate> = messageCodec({
  type: wire.ParametersUpdate,
  memory: 'shared',
  toWire: ({ parameters, ...rest }, body) => ({ ...rest, parameters: body.named(parameters) }),
  fromWire: ({ term, step, parameters, ...rest }, body) => ({
    term: integer(term, 'term'),
    step: integer(step, 'step'),
    ...lineage(rest),
    parameters: body.named(parameters, 'parameters'),
  }),
});

const whats = words<TensorsRequest['what']>({
  parameters: wire.TensorsRequest.What.WHAT_PARAMETERS,
  state: wire.TensorsRequest.What.WHAT_STATE,
});

export const tensorsRequest: Codec<TensorsRequest> = messageCodec({
  type: wire.TensorsRequest,
  toWire: ({ what, ...rest }) => ({ ...rest, what: whats.toWire(what) }),
  fromWire: ({ term, step, what, offset, length, ...rest }) => ({
    term: integer(term, 'term'),
    step: integer(step, 'step'),
    ...lineage(rest),
    what: whats.fromWire(what, 'what'),
    offset: integer(offset, 'offset'),
    length: integer(length, 'length'),
  }),
});

export const tensorsReply: Codec<TensorsReply> = messageCodec({
  type: wire.TensorsReply,
  memory: 'shared',
  toWire(reply, body) {
    if (reply.kind === 'gone') return { gone: {} };
    const slices = reply.slices.map(({ name, from, values }) => ({ from, values: body.float32(values, name) }));
    return { part: { layout: [...reply.layout], slices } };
  },
  fromWire({ reply, part }, body) {
    if (reply === 'gone') return { kind: 'gone' };
    const { layout, slices } = present(part, 'reply');
    const whole = layoutFromWire(layout ?? []);
    return { kind: 'part', layout: whole, slices: slicesFromWire(slices ?? [], whole, body) };
  },
});

function layoutFromWire(layout: readonly sparring.v1.TensorLayout.$Properties[]): TensorLayout[] {
  const names = new Set<string>();
  return layout.map((tensor) => {
    const name = key(tensor.name, 'layout');
    if (names.has(name)) throw invalid('layout', 'each name once', name);
    names.add(name);
    return { name, elements: integer(tensor.elements, `layout/${name}`) };
  });
}

/** Slices of tensors that the layout has, and within them. */
function slicesFromWire(
  slices: readonly sparring.v1.TensorSlice.$Properties[],
  layout: readonly TensorLayout[],
  body: BodyReader,
): TensorSlice[] {
  const sizes = new Map(layout.map(({ name, elements }) => [name, elements]));
  return slices.map((slice) => {
    const name = key(slice.values?.name, 'slices');
    const from = integer(slice.from, `slices/${name}`);
    const values = body.float32(slice.values, `slices/${name}`);
    const elements = sizes.get(name) ?? 0;
    if (from + values.length > elements)
      throw invalid(`slices/${name}`, `at most ${elements} elements`, from + values.length);
    return { name, from, values };
  });
}
