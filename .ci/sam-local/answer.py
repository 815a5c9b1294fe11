#!/usr/bin/env python3
"""Sends the stored events to functions in containers and holds the answers against the table of events/README.md.

    answer.py settings                                what the image sets, a NAME=VALUE a line
    answer.py all TEMPLATE ARCHITECTURE [FUNCTION...] all of it; TEMPLATE is what `sam build` made

An event of each function goes through `sam local invoke`, of those without a route each one, and every request through
`sam local start-api`. The sandbox stands behind the containers; as it listens on this machine alone, its ports are
forwarded to where containers reach us.
"""

import asyncio
import base64
import contextlib
import importlib.util
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# podman's bridge. The address is there only while a container runs.
GATEWAY = "10.88.0.1"
HUBSPOT, JIRA, DYNAMODB, API, FRONT = range(18101, 18106)
IP_FREEBIND = 15
SECONDS = 120
# A schedule and CloudFormation ask them.
WITHOUT_A_ROUTE = ("sweep", "provision")


def told():
    """What .ci/answer-events.py knows of the table and the settings."""
    spec = importlib.util.spec_from_file_location("answer_events", ROOT / ".ci/answer-events.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def settings(public_url=""):
    """What the functions read, with the sandbox where a container reaches it."""
    local = told().settings(HUBSPOT, JIRA, DYNAMODB, public_url)
    return {name: value.replace("127.0.0.1", GATEWAY) for name, value in local.items() if not is_the_platforms(name)}


def is_the_platforms(name):
    return name == "PATH" or name.startswith("AWS_") and not name.startswith("AWS_ENDPOINT_URL")


def functions():
    """Name by logical id, as the template has them."""
    resource = re.compile(r"^  (\w+):\n    Type: AWS::Serverless::Function\n(?:    .*\n|\n)*?      CodeUri: functions/([\w-]+)$", re.M)
    return {name: logical_id for logical_id, name in resource.findall((ROOT / "template.yaml").read_text())}


def main(what, *arguments):
    if what == "settings":
        print("\n".join(f"{name}={value}" for name, value in settings().items()))
        return
    template, architecture, *wanted = arguments
    there = functions()
    wanted = wanted or [name for name in there if (ROOT / "events" / name).is_dir()]
    with tempfile.TemporaryDirectory() as folder, forwarding():
        sam = Sam(template, architecture, environment(there, folder), pathlib.Path(folder))
        wrong = [line for name in wanted for line in sam.holds(name, there[name])]
    print(f"{sam.tried} answers, {len(wrong)} of them not as events/README.md says")
    sys.exit(bool(wrong) or not sam.tried)


def environment(there, folder):
    """The file that tells `sam local` what each function's environment holds. An empty secret id is none."""
    path = pathlib.Path(folder) / "environment.json"
    values = {logical_id: settings(public_url(name)) | {"SECRETS_ID": ""} for name, logical_id in there.items()}
    path.write_text(json.dumps(values))
    return path


def public_url(name):
    """Who asks actions needs an address that leads to them; what is asked is signed for that of the stored events.
    Without TLS that must be localhost, which the containers are told is this machine."""
    asks = name == "sweep" or name in told().CALL_THE_API
    return f"http://localhost:{API}" if asks else f"https://{domain()}"


def domain():
    events = (json.loads(path.read_text()) for path in sorted((ROOT / "events").glob("*/*.json")))
    return next(event["requestContext"]["domainName"] for event in events if "rawPath" in event)


class Sam:
    def __init__(self, template, architecture, environment, folder):
        self.options = ["--template", template, "--env-vars", environment, "--skip-pull-image", "--region", "eu-west-1",
                        "--add-host", f"localhost:{GATEWAY}", "--parameter-overrides", f"Architecture={architecture}"]
        self.folder = folder
        self.tried = 0

    def holds(self, name, logical_id):
        """What was not answered as told."""
        rows = told().rows_of(name)
        invoked = rows if name in WITHOUT_A_ROUTE else rows[:1]
        with the_world():
            wrong = self.judged("invoke   ", name, invoked, lambda row: self.invoked(logical_id, event(row, name)))
        requests = [row for row in rows if "rawPath" in json.loads(row[0].read_text())]
        if name in WITHOUT_A_ROUTE:
            return wrong
        with the_world(), self.front():
            return wrong + self.judged("start-api", name, requests, lambda row: asked(json.loads(event(row, name))))

    def judged(self, how, name, rows, answer):
        wrong = []
        for row in rows:
            path, now, expected = row
            got, text = answer(row)
            right = got == expected
            self.tried += 1
            print("ok   " if right else "WRONG", how, f"{name}/{path.name}", "signed now" if now else "", got, flush=True)
            if not right:
                print(f"      expected {expected}, answered {text}", flush=True)
                wrong.append(path.name)
        return wrong

    def invoked(self, logical_id, event):
        command = ["sam", "local", "invoke", logical_id, "--event", "-", *self.options]
        said = []

        def send(event):
            done = subprocess.run(command, cwd=ROOT, input=event, capture_output=True, timeout=SECONDS)
            said.append(done.stderr.decode()[-3000:])
            return (done.stdout.decode().strip().splitlines() or [""])[-1]

        try:
            return told().answer(event, send, GATEWAY)
        except ValueError:
            return None, said[-1]

    @contextlib.contextmanager
    def front(self):
        command = ["sam", "local", "start-api", "--port", str(FRONT), "--warm-containers", "LAZY", *self.options]
        with told().running([str(it) for it in command], os.environ, [FRONT]):
            yield


def event(row, name):
    path, now, _ = row
    if not now:
        return path.read_bytes()
    sign = [sys.executable, ROOT / ".ci/sign-events.py", path]
    return subprocess.run(sign, check=True, capture_output=True, env=os.environ | {"PUBLIC_BASE_URL": public_url(name)}).stdout


def asked(event):
    """The same request over HTTP."""
    body = event.get("body", "")
    body = base64.b64decode(body) if event["isBase64Encoded"] else body.encode()
    query = event["rawQueryString"] and "?" + event["rawQueryString"]
    url = f"http://127.0.0.1:{FRONT}{event['rawPath']}{query}"
    left_out = ("host", "content-length")
    headers = {name: value for name, value in event["headers"].items() if name not in left_out}
    request = urllib.request.Request(url, body, headers, method=event["requestContext"]["http"]["method"])
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            status, text = response.status, response.read().decode()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read().decode()
    except OSError as error:
        return None, repr(error)
    try:
        return (status, told().outcome(text)), text
    except ValueError:
        return (status, None), text


def the_world():
    """A new one, as the answers follow from what stands on its tickets."""
    ports = {"hubspot": HUBSPOT, "jira": JIRA, "dynamodb": DYNAMODB, "api": API}
    options = [option for name, port in ports.items() for option in (f"--{name}-port", str(port))]
    return told().running(["cargo", "run", "--quiet", "--", "serve", *options], os.environ, list(ports.values()))


@contextlib.contextmanager
def forwarding():
    """Brings what comes to the containers' gateway to the sandbox."""
    loop = asyncio.new_event_loop()
    sockets = []
    for port in (HUBSPOT, JIRA, DYNAMODB, API):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
        listener.bind((GATEWAY, port))
        sockets.append((listener, port))

    async def forward(port, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    async def pump(reader, writer):
        with contextlib.suppress(OSError):
            while part := await reader.read(65536):
                writer.write(part)
                await writer.drain()
        writer.close()

    async def listen():
        for listener, port in sockets:
            await asyncio.start_server(lambda reader, writer, port=port: forward(port, reader, writer), sock=listener)

    loop.run_until_complete(listen())
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield
    loop.call_soon_threadsafe(loop.stop)


if __name__ == "__main__":
    main(*sys.argv[1:])
