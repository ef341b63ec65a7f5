import { createLogger } from '../dist/index.js';

function capture(isTTY: boolean) {
  const lines: string[] = [];
  return { lines, stream: { isTTY, write: (line: string) => lines.push(line) } };
}

describe('createLogger', () => {
  it('writes one readable line a message on a terminal', () => {
    const { lines, stream } = capture(true);
    const logger = createLogger('trainer', { stream, level: 'info' });
    logger.warn({ step: 5, error: new Error('lost') }, 'lease expired');
    logger.debug('not shown');
    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d WARN trainer: lease expired step=5 error=lost\n$/)]);
  });

  it('writes JSON lines elsewhere', () => {
    const { lines, stream } = capture(false);
    createLogger('trainer', { stream, level: 'debug' }).debug({ step: 5 }, 'shown');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      name: 'trainer',
      level: 20,
      step: 5,
      msg: 'shown',
      pid: process.pid,
    });
  });

  it('takes its level from SPARRING_LOG_LEVEL, and says which there are', () => {
    const before = process.env.SPARRING_LOG_LEVEL;
    process.env.SPARRING_LOG_LEVEL = 'error';
    try {
      expect(createLogger('x').level).toBe('error');
      expect(createLogger('x', { level: 'silent' }).level).toBe('silent');
    } finally {
      if (before === undefined) delete process.env.SPARRING_LOG_LEVEL;
      else process.env.SPARRING_LOG_LEVEL = before;
    }
    expect(() => createLogger('x', { level: 'loud' })).toThrow(
      'SPARRING_LOG_LEVEL: got "loud"; takes one of trace, debug',
    );
  });
});
