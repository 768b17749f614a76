"""A program that runs one command line of followme where no file may grow beyond a size: limited_one.py BYTES WORD…"""

from __future__ import annotations

import sys

from followme.cli import run

if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
    run()
