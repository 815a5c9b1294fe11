#!/usr/bin/env python3
"""Sends every stored event to a built function and holds its answers against the table of events/README.md.

A request is answered with a status and an outcome. A job's event is answered with `null`, or an error, a command with
`ok` or not; what a custom resource is answered comes to the address in its request.

    .ci/answer-events.py RIE BINARY

RIE is AWS's Runtime Interface Emulator, BINARY the function. The sandbox's HubSpot, Jira and DynamoDB stand behind it.
"""

import contextlib
import http.server
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVENTS = ROOT / "events"
# Long, because the sandbox may have to be built first.
START_SECONDS = 900
ANSWER_SECONDS = 15
JOBS_ANSWERS = ("null",)
# What is answered that is no reply to a request.
WORDS = ("null", "error", "ok", "not_ok", "SUCCESS", "FAILED")
# They ask actions, as jobs do.
CALL_THE_API = ("hubspot-events",)


def main(rie, binary):
    rie, binary = os.path.abspath(rie), os.path.abspath(binary)
    rows = rows_of(pathlib.Path(binary).name)
    hubspot, jira, dynamodb, api, front, runtime_api = free_ports(6)
    world = ["cargo", "run", "--quiet", "--", "serve", "--hubspot-port", str(hubspot), "--jira-port", str(jira), "--dynamodb-port", str(dynamodb),
             "--api-port", str(api)]
    emulator = [rie, "--runtime-interface-emulator-address", f"127.0.0.1:{front}",
                "--runtime-api-address", f"127.0.0.1:{runtime_api}", binary]
    is_job = any(expected in JOBS_ANSWERS for _, _, expected in rows)
    calls_the_api = is_job or pathlib.Path(binary).name in CALL_THE_API
    public_url = f"http://127.0.0.1:{api}" if calls_the_api else ""
    with running(world, os.environ, [hubspot, jira, dynamodb, api]), \
            running(emulator, settings(hubspot, jira, dynamodb, public_url), [front]):
        wrong = [row[0].name for row in rows if not answered_as_told(row, front, public_url)]
        if wrong or not rows:
            sys.exit(f"{len(wrong)} of {len(rows)} requests not answered as events/README.md says: {' '.join(wrong)}")
    print(f"{len(rows)} requests answered as events/README.md says")


def settings(hubspot, jira, dynamodb, public_url):
    """What Lambda would set, and nothing of this machine's."""
    return {
        "PATH": os.environ["PATH"],
        "AWS_LAMBDA_FUNCTION_NAME": "function",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "10",
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_SESSION_TOKEN": "test",
        "AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{dynamodb}",
        "STATE_TABLE": "state",
        "HUBSPOT_BASE_URL": f"http://127.0.0.1:{hubspot}",
        "HUBSPOT_ACCESS_TOKEN": "pat-sandbox-0000",
        "HUBSPOT_CLIENT_SECRET": "test-client-secret-0001",
        "HUBSPOT_PORTAL_IDS": "1234567",
        "HUBSPOT_APP_ID": "1160452",
        "FORWARD_SECRET": "test-forward-secret-0001",
        "JIRA_BASE_URL": f"http://127.0.0.1:{jira}",
        "JIRA_SITE_URL": f"http://127.0.0.1:{jira}",
        "JIRA_EMAIL": "escalations@harbour.example",
        "JIRA_API_TOKEN": "jira-sandbox-0000",
        "JIRA_CALLBACK_SECRET": "test-jira-secret-0001",
        # As template.yaml sets it where its parameter is left at its default: a job calls the API itself.
        "PUBLIC_BASE_URL": public_url,
    }


def rows_of(function):
    """(file, signed now?, what is answered) of the function's table; every file must stand in it."""
    section = (EVENTS / "README.md").read_text().split(f"\n## {function}\n")[1].split("\n## ")[0]
    row = re.compile(r"^\| `([\w.-]+)`( signed now)? \|[^|]+\| (\d{3}) \| (?:`(\w+)`)? ?\|$", re.M)
    rows = [(EVENTS / function / name, bool(now), (int(status), outcome or None))
            for name, now, status, outcome in row.findall(section)]
    row = re.compile(r"^\| `([\w.-]+)` \|[^|]+\| `?(" + "|".join(WORDS) + r")`? \|$", re.M)
    rows += [(EVENTS / function / name, False, answer) for name, answer in row.findall(section)]
    lines = section.count("\n| `")
    if len(rows) != lines:
        sys.exit(f"events/README.md: {lines - len(rows)} rows of {function} do not read as a row")
    named, there = {row[0] for row in rows}, set((EVENTS / function).glob("*.json"))
    if named != there:
        sys.exit(f"events/README.md and events/{function} differ: {sorted(str(path) for path in named ^ there)}")
    return rows


def answered_as_told(row, front, public_url):
    path, now, expected = row
    event = path.read_bytes()
    if now:
        sign = [sys.executable, ROOT / ".ci/sign-events.py", path]
        environment = os.environ | {"PUBLIC_BASE_URL": public_url}
        event = subprocess.run(sign, check=True, capture_output=True, env=environment).stdout
    url = f"http://127.0.0.1:{front}/2015-03-31/functions/function/invocations"
    try:
        got, text = answer(event, lambda it: posted(url, it))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        got, text = None, f"{error!r} {locals().get('text', '')}"
    right = got == expected
    print("ok   " if right else "WRONG", path.name, "signed now" if now else "", got or "no answer")
    if not right:
        print(f"      expected {expected}, answered {text}")
    return right


def posted(url, event):
    with urllib.request.urlopen(url, data=event, timeout=ANSWER_SECONDS) as response:
        return response.read().decode()


def answer(event, send, here="127.0.0.1"):
    """What an event is answered, and the text that `send` brings; `here` is where a custom resource reaches us."""
    with mailbox(here) as (address, told):
        event = re.sub(rb'"ResponseURL": "[^"]*"', f'"ResponseURL": "{address}"'.encode(), event)
        text = send(event)
    return (told[0]["Status"] if told else read(text)), text


def read(text):
    """(status, outcome) of a request's answer, or what a job's comes to."""
    answer = json.loads(text)
    if answer is None or "errorType" in answer:
        return "null" if answer is None else "error"
    if "lines" in answer:
        return "ok" if answer["ok"] else "not_ok"
    return answer["statusCode"], outcome(answer.get("body"))


def outcome(body):
    """Jira and the app's webhooks are told the outcome alone."""
    body = json.loads(body or "{}")
    return body.get("outputFields", body).get("outcome")


@contextlib.contextmanager
def mailbox(here):
    """Where CloudFormation would be told: an address, and what was put there."""
    told = []

    class Mailbox(http.server.BaseHTTPRequestHandler):
        def do_PUT(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    # Another address than this machine's own is there only while a container runs.
    listens_at = here if here == "127.0.0.1" else ""
    with http.server.HTTPServer((listens_at, 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{here}:{server.server_port}/answer", told
        server.shutdown()


@contextlib.contextmanager
def running(command, environment, ports):
    """The command, listening on its ports; what it printed is shown where something went wrong."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            give_up = time.monotonic() + START_SECONDS
            while not all(listens(port) for port in ports):
                if process.poll() is not None or time.monotonic() > give_up:
                    sys.exit(f"`{' '.join(command)}` does not listen on {ports}")
                time.sleep(0.1)
            yield
        except BaseException:
            log.seek(0)
            print(f"--- {' '.join(command)} printed\n{log.read()[-20000:]}---")
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


if __name__ == "__main__":
    main(*sys.argv[1:])
