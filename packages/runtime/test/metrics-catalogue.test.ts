import { readFileSync } from 'node:fs';
import { catalogue, catalogueTables, type Place, ProcessMetrics } from '@sparring/runtime/metrics';

const places: readonly Place[] = ['train', 'sweep', 'coordinator', 'trainer', 'attacker', 'dashboard'];
const definitions = catalogue.flatMap(({ metrics }) => Object.values(metrics));

describe('the catalogue of metrics', () => {
  it('is what docs/METRICS.md says (else: node packages/runtime/dist/metrics/write-catalogue.js)', () => {
    const text = readFileSync(new URL('../../../docs/METRICS.md', import.meta.url), 'utf8');
    const [, written] = /<!-- catalogue -->\n([\s\S]*)<!-- end -->/.exec(text)!;
    expect(written!.trim()).toBe(catalogueTables());
  });

  it('names each metric once, with its role and its unit', () => {
    const names = definitions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, kind } of definitions) {
      expect(name).toMatch(/^sparring_(coordinator|worker|sweep|bus|process)(_[a-z0-9]+)+$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      if (kind === 'histogram') expect(name).toMatch(/_duration_seconds$/);
    }
  });

  it.each(places)('is what the registry of a %s process has, and nothing else of sparring', async (place) => {
    const text = await new ProcessMetrics(place, '1.2.3').text();
    const told = new Map([...text.matchAll(/^# TYPE (sparring_\S+) (\w+)$/gm)].map(([, name, kind]) => [name!, kind!]));
    const own = catalogue
      .filter((group) => group.places.includes(place))
      .flatMap(({ metrics }) => Object.values(metrics));
    expect(told).toEqual(new Map(own.map(({ name, kind }) => [name, kind])));
    for (const { name, help } of own) expect(text).toContain(`# HELP ${name} ${help}\n`);
    expect(text).toContain(`sparring_process_info{role="${place}",version="1.2.3"} 1`);
  });

  it('begins every counter at 0 whose labels are known, so that the first event is seen as a change', async () => {
    const text = await new ProcessMetrics('coordinator', '1').text();
    expect(text).toContain('sparring_bus_events_total{kind="slow-consumer"} 0');
    expect(text).toContain('sparring_bus_refused_messages_total{reason="non-finite"} 0');
    expect(text).toContain('sparring_coordinator_joins_total{role="attacker"} 0');
    expect(text).toContain('sparring_coordinator_re_leases_total 0');
  });

  it('bounds every label: by its values, or in words', () => {
    for (const { labels } of definitions)
      for (const values of Object.values(labels)) expect(values.length).toBeGreaterThan(0);
  });
});
