import { compareHtml, configDifferences, csvOf, reportHtml } from '@sparring/dashboard';
import { epoch, net, view } from './example-view.ts';

describe('a report', () => {
  it('escapes whatever a run says', () => {
    const evil = '<script>alert("1")</script>';
    const text = reportHtml(view({ name: evil, subject: evil, config: evil, facts: { [evil]: evil } }), {});
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('refers to nothing outside itself', () => {
    const text = reportHtml(view(), {});
    expect(text.match(/(src|href)="(?!data:)/g)).toBeNull();
    expect(text.match(/url\(|@import/g)).toBeNull();
  });

  it('has plots that stand for themselves, with a point for each epoch', () => {
    const text = reportHtml(view({ nets: [net('net', [epoch(1, 0.1), epoch(2, 0.05)])] }), {});
    const [error] = text.match(/<svg[\s\S]*?<\/svg>/g)!;
    expect(error).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(error).not.toMatch(/class=|style=|var\(/);
    // Clean and FGSM.
    expect(error!.match(/<circle /g)).toHaveLength(4);
  });

  it('marks where a probe found that robustness had collapsed', () => {
    const probe = {
      step: 50,
      errors: { fgsm: 0.9 },
      gradientCosine: 0.1,
      collapsed: true,
      action: 'rollback',
    } as const;
    const text = reportHtml(view({ nets: [{ ...net('net', [epoch(1, 0.1)]), probes: [probe] }] }), {});
    expect(text).toContain('rolled back');
  });
});

describe('the CSV of a run', () => {
  it('has a line for each epoch, probe and test, in the order of the steps', () => {
    const probe = { step: 150, errors: { fgsm: 0.9 }, gradientCosine: 0.5, collapsed: false, action: 'none' } as const;
    const nets = [{ ...net('net', [epoch(1, 0.1), epoch(2, 0.05)]), probes: [probe] }];
    const lines = csvOf(view({ nets })).split('\r\n');
    const [head, ...rows] = lines.map((line) => line.split(','));
    const column = (name: string) => rows.slice(0, 4).map((row) => row[head!.indexOf(name)]);
    expect(column('kind')).toEqual(['epoch', 'probe', 'epoch', 'test']);
    expect(column('step')).toEqual(['100', '150', '200', '']);
    expect(column('fgsm_error')).toEqual(['0.2', '0.9', '0.1', '']);
    expect(column('clean_error')).toEqual(['0.1', '', '0.05', '0.04']);
    expect(lines.at(-1)).toBe('');
  });

  it('quotes what has commas in it', () => {
    expect(csvOf(view({ id: 'a,"b"' }))).toContain('"a,""b""",net');
  });
});

it('finds the options in which configurations differ, however deep', () => {
  const one = { seed: 0, attack: { epsilon: 0.1, kind: 'fgsm' } };
  const other = { seed: 1, attack: { epsilon: 0.1, kind: 'pgd' } };
  expect(configDifferences([one, other])).toEqual([
    { option: 'seed', values: ['0', '1'] },
    { option: 'attack.kind', values: ['fgsm', 'pgd'] },
  ]);
});

describe('runs side by side', () => {
  const probe = {
    step: 150,
    errors: { fgsm: 0.2, pgd: 0.9 },
    gradientCosine: 0.5,
    collapsed: false,
    action: 'none',
  } as const;
  const probed = view({ nets: [{ ...net('net', [epoch(1, 0.1), epoch(2, 0.05)]), probes: [probe] }] });

  it('have curves of what probes have measured too', () => {
    const text = compareHtml([view(), probed], []);
    expect(text).toContain('PGD error on validation examples');
    const [, fgsm, pgd] = text.match(/<svg[\s\S]*?<\/svg>/g)!;
    expect(fgsm!.match(/<circle /g)).toHaveLength(2 + 3);
    expect(pgd!.match(/<circle /g)).toHaveLength(1);
  });

  it('name the iterations of PGD where all had as many, and only there', () => {
    const other = view({ evaluation: { ...probed.evaluation, pgdIterations: 5 } });
    expect(compareHtml([probed, view()], [])).toContain('<th>PGD-20</th>');
    expect(compareHtml([probed, other], [])).toContain('<th>PGD</th>');
  });
});
