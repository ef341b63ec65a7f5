import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { FilesReply, FilesRequest, ReadReply, ReadRequest } from '../runs.js';
import { integer, relativePath, runId, sha256 } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const filesRequest: Codec<FilesRequest> = messageCodec({
  type: wire.FilesRequest,
  toWire: (request) => request,
  fromWire: ({ run }) => ({ run: runId(run, 'run') }),
});

export const filesReply: Codec<FilesReply> = messageCodec({
  type: wire.FilesReply,
  toWire: ({ files }) => ({ files: [...files] }),
  fromWire: ({ files }) => ({
    files: files.map((file) => ({
      path: relativePath(file.path, 'path'),
      bytes: integer(file.bytes, 'bytes'),
      sha256: sha256(file.sha256, 'sha256'),
    })),
  }),
});

export const readRequest: Codec<ReadRequest> = messageCodec({
  type: wire.ReadRequest,
  toWire: (request) => request,
  fromWire: ({ run, path, offset, length }) => ({
    run: runId(run, 'run'),
    path: relativePath(path, 'path'),
    offset: integer(offset, 'offset'),
    length: integer(length, 'length'),
  }),
});

export const readReply: Codec<ReadReply> = messageCodec({
  type: wire.ReadReply,
  memory: 'own',
  toWire: ({ bytes }, body) => ({ bytes: bytes.length, crc32: body.bytes(bytes) }),
  fromWire: ({ bytes, crc32 }, body) => ({ bytes: body.bytes(integer(bytes, 'bytes'), crc32, 'bytes') }),
});
