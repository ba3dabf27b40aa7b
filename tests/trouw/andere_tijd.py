"""A process on a machine whose clock is wrong, and ticks on: `python -m tests.trouw.andere_tijd MOMENT MODULE ...`."""

import datetime
import runpy
import sys

import time_machine

if __name__ == "__main__":
    moment, module, *opdracht = sys.argv[1:]
    sys.argv = [module, *opdracht]
    time_machine.travel(datetime.datetime.fromisoformat(moment), tick=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)
