import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout } = await place.run('--help');
    expect(code).toBe(0);
    for (const name of [
      'train',
      'resume',
      'dashboard',
      'report',
      'compare',
      'evaluate',
      'verify',
      'recipes',
      'sweep',
      'sweeps',
      'doctor',
      'bench',
      'credentials',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  });

  it.each([
    ['train'],
    ['resume'],
    ['dashboard'],
    ['report'],
    ['compare'],
    ['evaluate'],
    ['verify'],
    ['recipes'],
    ['sweep'],
    ['sweep', 'status'],
    ['sweeps'],
    ['doctor'],
    ['bench', 'engine'],
    ['bench', 'cluster'],
    ['bench', 'watch'],
    ['credentials'],
  ])('of %s %s gives examples', async (...command) => {
    const { code, stdout, stderr } = await place.run(...command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Examples:\n  sparring ${command.join(' ')}`);
  });

  it.each([[[]], [['train']], [['sweep', 'status']], [['bench', 'cluster']]])(
    'is printed by help %j',
    async (command) => {
      const [asked, own] = await Promise.all([place.run('help', ...command), place.run(...command, '--help')]);
      expect(asked).toEqual(own);
    },
  );

  it.each([[['trian']], [['help', 'nonsense']], [['help', 'sweep', 'nonsense']]])(
    'is pointed to by %j',
    async (command) => {
      const { code, stdout, stderr } = await place.run(...command);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: unknown command '[a-z ]+'\n/);
      expect(stderr).toMatch(/See: sparring( help)? --help\n$/);
    },
  );

  it('prints the version', async () => {
    const { code, stdout } = await place.run('--version');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('recipes', () => {
  it('are listed with what they cost', async () => {
    const { code, stdout } = await place.run('recipes');
    expect(code).toBe(0);
    for (const name of ['demo', 'maxout-240', 'maxout-1600', 'softmax', 'logistic-3v7', 'relu', 'pgd', 'collapse']) {
      expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
    }
    expect(stdout).toContain('about 60 s on one core');
  });

  it('are JSON on one line with --json', async () => {
    const { stdout } = await place.run('recipes', '--json');
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: 'demo' }));
    expect(stdout.trimEnd()).not.toContain('\n');
  });
});
