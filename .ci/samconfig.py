#!/usr/bin/env python3
"""Fails where samconfig.toml has a command or a key that SAM CLI does not know: SAM passes over it in silence.

Runs by the Python that SAM CLI is installed for.
"""

import importlib
import pathlib
import sys

import tomlkit
from samcli.cli.command import BaseCommand

SAMCONFIG = pathlib.Path(__file__).resolve().parent.parent / "samconfig.toml"


def options(command):
    """The names that `sam COMMAND` takes, as samconfig.toml has them."""
    package = BaseCommand()._commands.get(command)
    module = package and importlib.import_module(package)
    return {parameter.name for parameter in module.cli.params} if module else set()


def unknown(config):
    config = {environment: commands for environment, commands in config.items() if environment != "version"}
    known = {command: options(command) for commands in config.values() for command in commands if command != "global"}
    # What all commands share is taken by those that know it.
    known["global"] = set().union(*known.values(), options("deploy"))
    for environment, commands in config.items():
        for command, sections in commands.items():
            for section, values in sections.items():
                name = f"[{environment}.{command}.{section}]"
                if section != "parameters":
                    yield name
                yield from (f"{name} {key}" for key in values if key not in known[command])


def main():
    config = tomlkit.parse(SAMCONFIG.read_text())
    wrong = list(unknown(config))
    for name in wrong:
        print(f"samconfig.toml: SAM does not know {name}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
