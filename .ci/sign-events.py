#!/usr/bin/env python3
"""Signs the stored events with the test secrets.

    .ci/sign-events.py            write the signature of every event into its file
    .ci/sign-events.py --check    fail where a file's signature is not the one it should carry
    .ci/sign-events.py FILE       print that event as it would be sent now

Change a body, sign, commit. Only the forwarded events have a time in their signature: as stored they are
long stale, and are answered 401.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import sys
import time

EVENTS = pathlib.Path(__file__).resolve().parent.parent / "events"
CLIENT_SECRET = "test-client-secret-0001"
FORWARD_SECRET = "test-forward-secret-0001"
JIRA_CALLBACK_SECRET = "test-jira-secret-0001"
# A signature that is well made and by somebody else.
FOREIGN = {
    "refused-wrong-signature.json": "somebody-elses-secret",
    "refused-wrong-secret.json": "somebody-elses-secret",
}


def sign(event, foreign=None, now=None):
    # A schedule's event has neither headers nor a signature.
    headers = event.get("headers")
    if headers is None:
        return event
    raw = body_of(event)
    if "body" in event:
        headers["content-length"] = str(len(raw))
    if "x-hubspot-signature" in headers:
        context = event["requestContext"]
        uri = f"https://{context['domainName']}{event['rawPath']}"
        if event["rawQueryString"]:
            uri += "?" + event["rawQueryString"]
        signed = ((foreign or CLIENT_SECRET) + context["http"]["method"] + uri).encode() + raw
        headers["x-hubspot-signature"] = hashlib.sha256(signed).hexdigest()
    if "x-escalation-signature" in headers:
        sent = now or int(re.match(r"t=(\d+),", headers["x-escalation-signature"])[1])
        mac = hmac.new(FORWARD_SECRET.encode(), f"{sent}.".encode() + raw, hashlib.sha256)
        headers["x-escalation-signature"] = f"t={sent},v1={mac.hexdigest()}"
    # A rule of Jira's names the secret, a webhook signs with it.
    if "x-escalation-secret" in headers:
        headers["x-escalation-secret"] = foreign or JIRA_CALLBACK_SECRET
    if "x-hub-signature" in headers:
        mac = hmac.new((foreign or JIRA_CALLBACK_SECRET).encode(), raw, hashlib.sha256)
        headers["x-hub-signature"] = f"sha256={mac.hexdigest()}"
    return event


def body_of(event):
    body = event.get("body", "")
    return base64.b64decode(body) if event["isBase64Encoded"] else body.encode()


def signed_file(path, now=None):
    event = sign(json.loads(path.read_text()), FOREIGN.get(path.name), now)
    return json.dumps(event, indent=2, ensure_ascii=False) + "\n"


def main(argument=None):
    if argument and argument != "--check":
        print(signed_file(pathlib.Path(argument), int(time.time())), end="")
        return
    paths = sorted(EVENTS.glob("*/*.json"))
    stale = [path for path in paths if path.read_text() != signed_file(path)]
    for path in stale:
        if argument == "--check":
            print(f"{path.relative_to(EVENTS.parent)} is not signed for its body; run .ci/sign-events.py")
        else:
            path.write_text(signed_file(path))
    if argument == "--check":
        print(f"{len(paths) - len(stale)} of {len(paths)} events carry the signature they should")
        sys.exit(bool(stale) or not paths)


if __name__ == "__main__":
    main(*sys.argv[1:2])
