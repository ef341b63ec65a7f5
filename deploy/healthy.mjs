// Exits with 0 when this container's sparring answers that it lives (`healthz`), or with the word `readyz` that it can do its work.
const [path = 'healthz'] = process.argv.slice(2);
const { SPARRING_METRICS_PORT: port = '9464' } = process.env;
try {
  const response = await fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(4_000) });
  // Docker keeps what is written here, for `docker inspect`.
  process.stdout.write(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
