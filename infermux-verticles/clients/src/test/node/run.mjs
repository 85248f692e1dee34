// Runs the scenarios of one client: node run.mjs CLIENT BASE_URL [SCENARIO…]
// Prints one line of JSON for each: {"scenario":…,"result":"ok"|"failed"|"none","detail":…}; "none" is
// what the client has no call for. BASE_URL is InferMux's, without a path.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as kit from './kit.mjs';

const [client, url, ...wanted] = process.argv.slice(2);
const packages = createRequire(`${process.env.CLIENTS_NODE}/package.json`);
const load = (name) => import(pathToFileURL(packages.resolve(name)).href);

const [file, variant] = client.split(':');
const { default: open } = await import(`./${file}.mjs`);
const scenarios = await open({ url, load, variant, ...kit });

for (const name of wanted.length ? wanted : kit.SCENARIOS) {
  console.log(JSON.stringify({ scenario: name, ...(await run(scenarios[name])) }));
}
process.exit(0);

async function run(scenario) {
  if (!scenario) return { result: 'none', detail: '' };
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no end after 20 s')), 20_000);
  });
  try {
    await Promise.race([scenario(), late]);
    return { result: 'ok', detail: '' };
  } catch (error) {
    return { result: 'failed', detail: String(error?.stack ?? error).slice(0, 1500) };
  } finally {
    clearTimeout(timer);
  }
}
