#!/usr/bin/env python3
"""Holds the locked dependencies to deny.toml, and each package to the dependencies its manifest names.

Licences, bans, duplicates and sources as cargo-deny judges them, so that they are judged where cargo-deny is not
there. A dependency that none of its package's sources names is one that nobody needs.
"""

import json
import pathlib
import re
import subprocess
import sys
import tomllib

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def metadata(targets):
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    command += [word for target in targets for word in ("--filter-platform", target)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)


def is_allowed(expression, allowed):
    """Whether an SPDX expression holds with these licences; `/` is how OR was written once."""
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def term():
        word = words.pop(0)
        if word == "(":
            holds = either()
            words.pop(0)
            return holds
        if words[:1] == ["WITH"]:
            del words[0]
            word = f"{word} WITH {words.pop(0)}"
        return word in allowed

    def both():
        holds = term()
        while words[:1] == ["AND"]:
            del words[0]
            holds = term() and holds
        return holds

    def either():
        holds = both()
        while words[:1] == ["OR"]:
            del words[0]
            holds = both() or holds
        return holds

    return either()


def licences(packages, rules):
    allowed = set(rules["licenses"]["allow"])
    for package in packages:
        expression = package["license"]
        if not expression or not is_allowed(expression, allowed):
            yield f"{shown(package)}: its licence, {expression or 'which it does not tell'}, is not among those allowed"


def bans(packages, nodes, rules):
    names = {package["id"]: package["name"] for package in packages}
    for rule in rules["bans"]["deny"]:
        for node in nodes:
            banned = {it["pkg"] for it in node["deps"] if names.get(it["pkg"]) == rule["crate"]}
            by = names.get(node["id"])
            if banned and by and by not in rule.get("wrappers", []):
                yield f"{by}: must not depend on {rule['crate']}: {rule['reason']}"


def fits(version, prefix):
    return version == prefix or version.startswith(f"{prefix}.")


def duplicates(packages, rules):
    versions = {}
    for package in packages:
        versions.setdefault(package["name"], set()).add(package["version"])
    skipped = [it["crate"].partition("@")[::2] for it in rules["bans"]["skip"]]
    for name, found in sorted(versions.items()):
        kept = {it for it in found if not any(name == skip and fits(it, prefix) for skip, prefix in skipped)}
        if len(kept) > 1:
            yield f"{name}: {' and '.join(sorted(kept))} are both there"
    for name, prefix in skipped:
        if len(versions.get(name, ())) < 2 or not any(fits(it, prefix) for it in versions[name]):
            yield f"deny.toml: skips {name}@{prefix}, which is no duplicate any more"


def sources(packages):
    for package in packages:
        if package["source"] not in (None, CRATES_IO):
            yield f"{shown(package)}: comes from {package['source']}"


def unused(packages):
    crates = {
        package["name"]: target["name"]
        for package in packages
        for target in package["targets"]
        if target["kind"][0].endswith(("lib", "proc-macro"))
    }
    for package in packages:
        if package["source"] is not None:
            continue
        folder = pathlib.Path(package["manifest_path"]).parent
        # A library's sources may stand in another folder than its manifest.
        folders = {folder} | {pathlib.Path(it["src_path"]).parent for it in package["targets"]}
        files = {file for it in folders for file in it.rglob("*.rs") if "target" not in file.relative_to(it).parts}
        lines = (line for file in files for line in file.read_text().splitlines())
        text = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
        for dependency in package["dependencies"]:
            name = dependency["rename"] or crates.get(dependency["name"], dependency["name"])
            name = name.replace("-", "_")
            if not re.search(rf"\b{name}(::|;| as )", text):
                yield f"{package['name']}: depends on {dependency['name']}, which none of its sources names"


def shown(package):
    return f"{package['name']} {package['version']}"


def problems(found, rules):
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    packages = [package for package in found["packages"] if package["id"] in nodes]
    yield from licences(packages, rules)
    yield from bans(packages, nodes.values(), rules)
    yield from duplicates(packages, rules)
    yield from sources(packages)
    yield from unused(packages)


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    found = metadata(rules["graph"]["targets"])
    broken = list(problems(found, rules))
    print("\n".join(broken) or f"{len(found['packages'])} packages are as deny.toml has them")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
