"""Runs the scenarios of one client: python3 run.py CLIENT BASE_URL [SCENARIO...]

Prints one line of JSON for each: {"scenario":..., "result":"ok"|"failed"|"none", "detail":...}; "none" is what the client
has no call for. BASE_URL is InferMux's, without a path.
"""

import asyncio
import importlib
import json
import os
import sys
import traceback

import kit


async def run(scenario):
    if scenario is None:
        return {"result": "none", "detail": ""}
    try:
        await asyncio.wait_for(scenario(), 20)
        return {"result": "ok", "detail": ""}
    except BaseException:
        return {"result": "failed", "detail": traceback.format_exc()[-1500:]}


async def main(client, url, *wanted):
    scenarios = importlib.import_module(client).scenarios(url)
    for name in wanted or kit.SCENARIOS:
        print(json.dumps({"scenario": name, **await run(scenarios.get(name))}), flush=True)


asyncio.run(main(*sys.argv[1:]))
sys.stdout.flush()
os._exit(0)  # nothing that a client left running is waited for
