import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from '@sparring/runtime';
import { catalogue } from '@sparring/runtime/metrics';
import { DCLinter } from 'dclint';
import { ValidationSeverity, validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { composeBroker } from '../../packages/cli/dist/credentials/compose/compose-broker.js';
import { readServices, type Service } from './compose-file.ts';
import { panelsOf, readDashboards } from './dashboards.ts';
import { readImage } from './image.ts';
import { describeWithPrometheus, findPrometheus } from './programs.ts';
import { deployed, readDeployed, root } from './repository.ts';

const secrets = ['COORDINATOR', 'TRAINER', 'ATTACKER', 'CLIENT'].map((role) => [`SPARRING_${role}_PASSWORD`, role]);
const variables = { ...Object.fromEntries(secrets), GRAFANA_ADMIN_PASSWORD: 'GRAFANA' };
const services = readServices(variables);
const images = ['sparring', 'gpu', 'tensorflow', 'broker'];

describe('compose.yaml', () => {
  it.each(['compose.yaml', 'compose.tls.yaml'])('%s is what Docker takes', (file) => {
    // Rules of order and of taste, and one that knows no names for images that are built here.
    const off = [
      'service-keys-order',
      'services-alphabetical-order',
      'top-level-properties-order',
      'no-build-and-image',
    ];
    const rules = Object.fromEntries(off.map((rule) => [rule, 0 as const]));
    const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [], disableAllRules: false });
    const faults: { messages: object[] }[] = linter.lintFiles([deployed(file)], false);
    expect(faults.flatMap(({ messages }) => messages)).toEqual([]);
  });

  it.each(Object.entries(services))('%s has no more rights than it needs', (_, service: Service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.restart).toMatch(/^(unless-stopped|no)$/);
    expect(service.healthcheck?.test ?? service.healthcheck?.disable).toBeTruthy();
    // No tag that means another image tomorrow.
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
  });

  it('publishes nothing beyond this machine', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published.map(({ host_ip, target }) => [host_ip, target])).toEqual([
      ['127.0.0.1', 4222],
      ['127.0.0.1', 9090],
      ['127.0.0.1', 3000],
    ]);
  });

  it('has no password of its own', () => {
    for (const name of Object.keys(variables)) {
      const { [name as keyof typeof variables]: _, ...others } = variables;
      expect(() => readServices(others)).toThrow(`${name}: type sparring credentials --compose deploy`);
    }
  });

  it('lets every role see the same data, and Prometheus find every role', () => {
    const jobs = (
      parse(readDeployed('prometheus', 'prometheus.yml')) as {
        scrape_configs: { job_name: string; dns_sd_configs: { names: string[] }[] }[];
      }
    ).scrape_configs;
    const { names } = jobs.find(({ job_name }) => job_name === 'sparring')!.dns_sd_configs[0]!;
    for (const role of names) {
      for (const name of [role, `${role}-gpu`]) {
        const { volumes, networks, command, environment } = services[name]!;
        expect(volumes).toContainEqual(expect.objectContaining({ source: './data', target: '/data' }));
        expect({ name, command, user: environment!.SPARRING_NATS_USER }).toEqual({ name, command: [role], user: role });
        const aliases = Array.isArray(networks)
          ? [name]
          : (networks as Record<string, { aliases: string[] }>).watch!.aliases;
        expect(aliases).toContain(role);
      }
    }
  });

  it('lets Prometheus find a sweep by the name of its service, which is one that can be swept', () => {
    const { dns_sd_configs } = (
      parse(readDeployed('prometheus', 'prometheus.yml')) as {
        scrape_configs: { job_name: string; dns_sd_configs: { names: string[] }[] }[];
      }
    ).scrape_configs.find(({ job_name }) => job_name === 'sparring')!;
    expect(dns_sd_configs[1]!.names).toEqual(['sweep']);
    const { command, networks, volumes } = services.sweep!;
    expect(networks).toContain('watch');
    expect(volumes).toContainEqual(expect.objectContaining({ target: '/work/runs' }));
    const [sweep, recipeOrFile, , seeds, , set] = command!;
    expect([sweep, seeds]).toEqual(['sweep', '0..19']);
    expect(resolveConfig({ recipeOrFile: recipeOrFile!, set: [set!] }).config.twin).toBeNull();
  });

  it('can have many of each worker, and a run for eight trainers', () => {
    for (const name of ['coordinator', 'trainer', 'attacker']) {
      expect(Object.keys(services[name]!)).not.toContain('ports');
      expect(Object.keys(services[name]!)).not.toContain('container_name');
    }
    const [train, recipeOrFile, cluster, ...options] = services.client!.command!;
    expect([train, cluster]).toEqual(['train', '--cluster']);
    const set = options.filter((word) => word !== '--set');
    const { config } = resolveConfig({ recipeOrFile: recipeOrFile!, set });
    expect(config).toMatchObject({ replicas: 8, localSteps: 17 });
  });

  it('its broker permits what the roles may do now', () => {
    // To write it anew: node packages/cli/dist/credentials/compose/write-compose-broker.js
    expect(readDeployed('nats', 'nats-server.conf')).toBe(composeBroker());
  });
});

describe('the Dockerfile', () => {
  it('is in order', () => {
    const faults = validate(readDeployed('Dockerfile'), { instructionJSONInSingleQuotes: ValidationSeverity.ERROR });
    expect(faults.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it.each(images)('%s runs as nobody in particular, says what it is, and whether it lives', (target) => {
    const { user, labels, healthcheck } = readImage(target);
    expect(user).toBe('10001:10001');
    expect(labels).toContain('org.opencontainers.image.title');
    expect(healthcheck.length).toBeGreaterThan(1);
  });

  it.each(['sparring', 'gpu', 'tensorflow'])('%s starts what the clone starts', (target) => {
    const { bin } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')) as {
      bin: { sparring: string };
    };
    expect(readImage(target).entrypoint).toEqual(['node', `/app/packages/cli/${bin.sparring}`]);
  });

  it('states the version that is built, and so does compose.yaml', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const dockerfile = readDeployed('Dockerfile');
    expect(dockerfile.match(/^ARG VERSION=.*$/gm)).toEqual([`ARG VERSION=${version}`]);
    const written = [...dockerfile.matchAll(/image\.version="(.+)"/g)].map(([, is]) => is);
    expect(written).toEqual(['$VERSION', '$VERSION', '$VERSION']);
    for (const { build, image } of Object.values(services))
      if (build) expect(image).toMatch(new RegExp(`:${version}$`));
  });

  it('takes every folder that the build reads', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    for (const needed of ['packages', 'proto', '.config', 'package-lock.json', 'turbo.json'])
      expect(ignored).not.toContain(needed);
    for (const secret of ['**/.env', '**/*.env', '**/*.pem', 'credentials', '.sparring'])
      expect(ignored).toContain(secret);
  });
});

describe('the dashboards', () => {
  const dashboards = readDashboards();
  const metrics = catalogue.flatMap((group) => Object.values(group.metrics).map(({ name }) => name));

  it('have names of their own, and panels that say what they show', () => {
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
    for (const dashboard of dashboards) {
      expect(dashboard.description).not.toBe('');
      for (const { title, description, targets, datasource } of panelsOf(dashboard)) {
        expect({ title, description }).toEqual({ title, description: expect.stringMatching(/^[A-Z].{20,}\.$/s) });
        for (const { uid } of [datasource!, ...targets!.map((target) => target.datasource)])
          expect(uid).toBe('prometheus');
        for (const { legendFormat } of targets!) expect(legendFormat).not.toBe('');
      }
    }
  });

  it.each(dashboards)('$title: panels with figures have units, and none lies upon another', (dashboard) => {
    for (const { title, type, fieldConfig } of panelsOf(dashboard)) {
      if (!['heatmap', 'state-timeline'].includes(type))
        expect({ title, unit: fieldConfig!.defaults.unit }).toEqual({ title, unit: expect.any(String) });
    }
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect({ title, on: taken.get(`${x},${y}`) }).toEqual({ title, on: undefined });
          taken.set(`${x},${y}`, title);
        }
      }
    }
  });

  it('ask for metrics that there are', () => {
    const texts = [
      ...dashboards.map((dashboard) => JSON.stringify(dashboard)),
      readDeployed('prometheus', 'alerts.yml'),
    ];
    const asked = new Set(texts.flatMap((text) => text.match(/sparring_[a-z_]+/g) ?? []));
    const unknown = [...asked].filter(
      (name) => !metrics.includes(name.replace(/_(bucket|sum|count)$/, '')) && !metrics.includes(name),
    );
    expect(unknown).toEqual([]);
  });
});

describeWithPrometheus('the configuration of Prometheus', () => {
  const promtool = (...args: string[]) => spawnSync(findPrometheus('promtool')!, args, { encoding: 'utf8' });

  it('is what Prometheus takes', () => {
    const { status, stdout, stderr } = promtool('check', 'config', deployed('prometheus', 'prometheus.yml'));
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
  });

  it('raises each alert, with words that say what to do, when it should and not before', () => {
    const tests = join(root, 'test/deploy/alerts.test.yml');
    const { status, stdout, stderr } = promtool('test', 'rules', tests);
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
    interface Test {
      alert_rule_test: { alertname: string; exp_alerts: unknown[] }[];
    }
    const raised = (parse(readFileSync(tests, 'utf8')) as { tests: Test[] }).tests.flatMap(
      (test) => test.alert_rule_test,
    );
    const { groups } = parse(readDeployed('prometheus', 'alerts.yml')) as {
      groups: { rules: { alert: string; labels: { severity: string } }[] }[];
    };
    for (const { alert, labels } of groups.flatMap(({ rules }) => rules)) {
      expect(labels.severity).toMatch(/^(critical|warning)$/);
      const expected = raised
        .filter(({ alertname }) => alertname === alert)
        .map(({ exp_alerts }) => exp_alerts.length > 0);
      expect({ alert, tested: expected.includes(true) }).toEqual({ alert, tested: true });
    }
  });
});
