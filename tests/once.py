"""What libraries work out anew for each command and each prompt, though it's always the same, is worked out once.

A process of followme has one command and a few prompts; a process of tests has thousands of both.
"""

from __future__ import annotations

from functools import cache

import typer.main
from prompt_toolkit.application import application
from prompt_toolkit.styles import style


def work_out_once() -> None:
    """Keep what Typer reads from a function's signature, and of prompts the library's own keys and styles."""
    for module, name in (
        (typer.main, "get_params_from_function"),
        (application, "load_key_bindings"),
        (application, "load_page_navigation_bindings"),
        (style, "_parse_style_str"),
    ):
        setattr(module, name, cache(getattr(module, name)))
